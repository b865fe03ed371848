import type * as t from 'io-ts'
import { isPlainObject } from '../../model/codec/plainObject.js'
import type { PlanPath } from '../../model/fault/fault.js'
import type { FaultList } from '../../model/fault/faultList.js'
import { operationName, type OperationType } from '../../model/operationType.js'
import { checkParamsTree } from '../params/checkParamsTree.js'
import { decodingFaults } from '../params/decodingFaults.js'
import { noParams, takesNone } from '../operations/operationInCode.js'
import { hasBraces, hasMarker, hasSecret, seenIn } from '../params/paramsScan.js'
import { paramsTreeOf, type MarkerReader, type ParamsTree } from '../params/paramsTree.js'
import type { GivenParams, PlanSources } from '../operations/compiledOperation.js'
import type { Marker } from '../params/marker.js'
import { addTextReferences } from '../params/textReference.js'
import { settle } from '../params/settle.js'

/** What an operation is given, and whether there is a secret in it. */
export interface ReadParams {
  readonly given: GivenParams
  readonly secret: boolean
}

/** Where parameters stand. Most are right and hold no marker: then nothing of it is asked for. */
export interface ParamsPlace {
  readonly at: () => PlanPath
  readonly reader: () => MarkerReader
  readonly planSources: () => PlanSources
  readonly faults: FaultList
}

/**
 * Reads the parameters of an operation: those without references are decoded once and for all, the others are taken apart for
 * each attempt. Adds a fault for all that is wrong; without a type there is only the form of its references to check.
 */
export function readParams(written: unknown, operationType: OperationType | undefined, place: ParamsPlace): ReadParams | undefined {
  if (written === undefined && operationType !== undefined && takesNone(operationType)) return readNoParams
  const params = written ?? {}
  if (!isPlainObject(params)) return undefined // A fault of form already.
  const seen = seenIn(params)
  let secret = (seen & hasSecret) !== 0
  // Most are right and hold neither markers nor braces: then nothing more is asked for.
  const reader = (seen & (hasMarker | hasBraces)) === 0 ? undefined : place.reader()
  if (reader !== undefined && (seen & hasBraces) !== 0)
    addTextReferences(params, place.at(), { reader, about: operationType }, place.faults)
  const tree =
    reader === undefined || (seen & hasMarker) === 0
      ? undefined
      : paramsTreeOf(params, place.at(), {
          scope: reader.scope,
          check(marker, where) {
            secret ||= isSecret(marker)
            return reader.check(marker, where)
          },
        })
  if (operationType === undefined) return undefined
  const given = tree === undefined ? decode(operationType, params, place) : fromTree(operationType, tree, place)
  return given && { given, secret }
}

const readNoParams: ReadParams = { given: noParams, secret: false }

function isSecret(marker: Marker): boolean {
  return (
    marker.type === 'secret' || (marker.type === 'template' && marker.parts.some((part) => typeof part !== 'string' && 'value' in part))
  )
}

function fromTree(operationType: OperationType, tree: ParamsTree, place: ParamsPlace): GivenParams | undefined {
  const misfits = checkParamsTree(operationType.params as t.Mixed, tree, { at: place.at(), of: operationName(operationType) })
  place.faults.pushAll(misfits)
  if (misfits.length > 0) return undefined
  const settled = settle(tree)
  return settled === undefined
    ? { type: 'unresolved', tree, planSources: place.planSources() }
    : decode(operationType, settled.value, place)
}

function decode(operationType: OperationType, params: unknown, { at, faults }: ParamsPlace): GivenParams | undefined {
  const decoded = operationType.params.decode(params)
  if (decoded._tag === 'Right') return { type: 'decoded', params: decoded.right }
  faults.pushAll(decodingFaults(decoded.left, params, at(), operationName(operationType)))
  return undefined
}

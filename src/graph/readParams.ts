import type * as t from 'io-ts'
import { isPlainObject } from '../model/codec/plainObject.js'
import type { PlanFault, PlanPath } from '../model/fault.js'
import { operationName, type OperationType } from '../model/operationType.js'
import { hasSecretField } from '../model/secretFields.js'
import { checkParamsTree } from './checkParamsTree.js'
import { decodingFaults } from './decodingFaults.js'
import type { Given, PlanSources } from './planTask.js'
import { paramsTreeOf, type MarkerCheck, type ParamsTree } from './paramsTree.js'
import { settle } from './settle.js'

/** What an operation is given, and whether there is a secret in it. */
export interface ReadParams {
  readonly given: Given
  readonly secret: boolean
}

/**
 * Reads the parameters of an operation: those without references are decoded once and for all, the others are taken apart for
 * each attempt. Adds a fault for all that is wrong; without a type there is only the form of its references to check.
 */
export function readParams(
  written: unknown,
  operationType: OperationType | undefined,
  {
    at,
    check,
    planSources,
    faults,
  }: { readonly at: PlanPath; readonly check: MarkerCheck; readonly planSources: PlanSources; readonly faults: PlanFault[] },
): ReadParams | undefined {
  const params = written ?? {}
  if (!isPlainObject(params)) return undefined // A fault of form already.
  let holdsSecret = false
  const tree = paramsTreeOf(params, at, (marker, where) => {
    holdsSecret ||= marker.type === 'secret'
    return check(marker, where)
  })
  if (operationType === undefined) return undefined
  const of = operationName(operationType)
  const secret = holdsSecret || hasSecretField(params)
  if (tree === undefined) {
    const given = decode(operationType, params, { at, of, faults })
    return given && { given, secret }
  }
  const misfits = checkParamsTree(operationType.params as t.Mixed, tree, { at, of })
  faults.push(...misfits)
  if (misfits.length > 0) return undefined
  const given = decodedOrUnresolved(operationType, tree, { at, of, planSources, faults })
  return given && { given, secret }
}

interface Place {
  readonly at: PlanPath
  readonly of: string
  readonly faults: PlanFault[]
}

function decodedOrUnresolved(
  operationType: OperationType,
  tree: ParamsTree,
  place: Place & { readonly planSources: PlanSources },
): Given | undefined {
  const settled = settle(tree)
  return settled === undefined ? { type: 'unresolved', tree, planSources: place.planSources } : decode(operationType, settled.value, place)
}

function decode(operationType: OperationType, params: unknown, { at, of, faults }: Place): Given | undefined {
  const decoded = operationType.params.decode(params)
  if (decoded._tag === 'Right') return { type: 'decoded', params: decoded.right }
  faults.push(...decodingFaults(decoded.left, params, at, of))
  return undefined
}

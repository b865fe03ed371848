import type * as t from 'io-ts'
import type { PlanPath } from '../../model/fault/fault.js'
import type { FaultList } from '../../model/fault/faultList.js'
import { operationName, type OperationType } from '../../model/operationType.js'
import type { When } from '../../model/plan.js'
import { declaresPath, unknownResultPath } from './unknownResultPath.js'
import type { Inputs } from './inputs.js'
import type { Marker } from './marker.js'
import type { KnownOperations, Referred } from './knownOperations.js'
import { valueAt, type ResultPath } from './resultPath.js'
import type { MarkerReader } from './paramsTree.js'
import { isResultPath } from './template.js'

/** The operation that refers, and what it may refer to. */
export interface Referrer {
  readonly when: When
  readonly operationType: OperationType | undefined
  readonly others: Pick<KnownOperations, 'find' | 'ids'>
  readonly inputs: Inputs
  /** Its items, if it has some, with the codec of each where that is known. */
  readonly items: { readonly item: t.Mixed | undefined } | undefined
}

/** Reads the markers of one operation; adds their faults, and the indexes of the operations they read to `sources`. */
export function referenceCheck(referrer: Referrer, sources: Set<number>, faults: FaultList): MarkerReader {
  const { when, operationType, others, inputs, items } = referrer
  const about = operationType === undefined ? {} : { of: operationName(operationType) }

  const checkPointer = (pointer: ResultPath, at: PlanPath, hasDefault: boolean): boolean => {
    const { id, keys } = pointer
    const referred = others.find(id)
    if (referred === undefined) {
      faults.push({ type: 'unknown-id', at, id, role: 'reference', known: others.ids(), ...about })
      return false
    }
    sources.add(referred.index)
    if (when !== 'success' && !hasDefault) faults.push({ type: 'reference-needs-default', at, id, when, ...about })
    const missing = missingLeaf(referred, keys)
    if (missing !== undefined) faults.push({ type: 'unknown-leaf', at, id, ...missing, ...about })
    return missing === undefined
  }

  const checkItem = (keys: ResultPath['keys'], at: PlanPath): boolean => {
    const missing = items?.item && unknownResultPath(items.item, keys)
    if (missing !== undefined) faults.push({ type: 'unknown-leaf', at, id: '$item', ...missing, ...about })
    return missing === undefined
  }

  const check = (marker: Marker, at: PlanPath): boolean => {
    switch (marker.type) {
      case 'refer':
        return checkPointer(marker.pointer, at, marker.otherwise !== undefined)
      case 'item':
        return checkItem(marker.keys, at)
      case 'template': {
        // Each is checked, once, whatever is wrong with those before it.
        const usable = [...new Set(marker.parts)].map((part) =>
          isResultPath(part)
            ? checkPointer(part, at, false)
            : typeof part === 'string' || part.type === 'secret' || checkItem(part.keys, at),
        )
        return !usable.includes(false)
      }
      case 'malformed':
        faults.push({ type: 'malformed-reference', at, reason: marker.reason, ...about })
        return false
      case 'secret':
      case 'literal':
        return true
    }
  }

  const names = {
    has: (id: string) => others.find(id) !== undefined,
    fits(id: string, keys: ResultPath['keys']) {
      const referred = others.find(id)
      return referred !== undefined && missingLeaf(referred, keys) === undefined
    },
    declares(id: string, keys: ResultPath['keys']) {
      const referred = others.find(id)
      if (referred?.fallback !== undefined && valueAt(referred.fallback.value, keys) !== undefined) return true
      return referred?.operationType !== undefined && declaresPath(referred.operationType.result as t.Mixed, keys)
    },
  }
  return { scope: { names, inputs, items: items !== undefined }, check }
}

/** The key of a path that no value of an operation has; undefined when all may lead somewhere. */
function missingLeaf({ operationType, fallback }: Referred, keys: ResultPath['keys']): ReturnType<typeof unknownResultPath> {
  // A fallback is a result too, of whatever shape it is.
  if (operationType === undefined || (fallback !== undefined && valueAt(fallback.value, keys) !== undefined)) return undefined
  return unknownResultPath(operationType.result as t.Mixed, keys)
}

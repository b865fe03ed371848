import type * as t from 'io-ts'
import type { PlanPath } from '../../model/fault/fault.js'
import type { FaultList } from '../../model/fault/faultList.js'
import { operationName, type OperationType } from '../../model/operationType.js'
import type { When } from '../../model/plan.js'
import { unknownResultPath } from './unknownResultPath.js'
import type { Marker } from './marker.js'
import type { KnownOperations, Referred } from './knownOperations.js'
import { valueAt, type ResultPath } from './resultPath.js'
import type { MarkerCheck } from './paramsTree.js'

/** The operation that refers, and those it may refer to. */
export interface Referrer {
  readonly when: When
  readonly operationType: OperationType | undefined
  readonly others: Pick<KnownOperations, 'find' | 'ids'>
}

/** Checks the markers of one operation; adds their faults, and the indexes of the operations they read to `sources`. */
export function referenceCheck({ when, operationType, others }: Referrer, sources: Set<number>, faults: FaultList): MarkerCheck {
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

  return (marker: Marker, at: PlanPath): boolean => {
    switch (marker.type) {
      case 'refer':
        return checkPointer(marker.pointer, at, marker.otherwise !== undefined)
      case 'template': {
        // Each is checked, whatever is wrong with those before it.
        const usable = marker.parts.map((part) => typeof part === 'string' || checkPointer(part, at, false))
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
}

// A fallback is a result too, of whatever shape it is.
function missingLeaf({ operationType, fallback }: Referred, keys: ResultPath['keys']): ReturnType<typeof unknownResultPath> {
  if (operationType === undefined || (fallback !== undefined && valueAt(fallback.value, keys) !== undefined)) return undefined
  return unknownResultPath(operationType.result as t.Mixed, keys)
}

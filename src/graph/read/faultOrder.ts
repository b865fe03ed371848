import type { NonEmptyArray } from 'fp-ts/lib/NonEmptyArray.js'
import type { PlanFault } from '../../model/fault/fault.js'

/** Faults in the order of the plan: those of its settings, then those of each operation as they were found. */
export function inFaultOrder(faults: NonEmptyArray<PlanFault>): NonEmptyArray<PlanFault> {
  // Sorting copies, and is stable.
  return [...faults].sort((a, b) => positionOf(a) - positionOf(b)) as NonEmptyArray<PlanFault>
}

function positionOf({ at: [field, position] }: PlanFault): number {
  return field === 'operations' && typeof position === 'number' ? position : -1
}

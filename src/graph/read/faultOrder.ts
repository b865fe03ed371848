import type { PlanFault } from '../../model/fault/fault.js'
import { FaultList } from '../../model/fault/faultList.js'

/**
 * Faults in the order of the plan: those of its settings, then those of each operation as they were found.
 *
 * Each list was found in that order, so the first hundred of all are among the first hundred of each.
 */
export function inPlanOrder(lists: readonly FaultList[]): PlanFault[] {
  const all = new FaultList()
  // Sorting is stable.
  all.pushAll(lists.flatMap(({ first }) => first).sort((a, b) => positionOf(a) - positionOf(b)))
  for (const { first, length } of lists) if (length > first.length) all.push({ type: 'more-faults', at: [], count: length - first.length })
  return all.all()
}

function positionOf({ at: [field, position] }: PlanFault): number {
  return field === 'operations' && typeof position === 'number' ? position : -1
}

import type { PlanFault } from './fault.js'
import { mostFaults } from '../limits.js'

/** Faults as they are found: the first hundred, and how many there are in all. A message of a few megabytes may have a million. */
export class FaultList {
  readonly first: PlanFault[] = []
  /** How many there are. */
  length = 0

  push(fault: PlanFault): void {
    if (fault.type === 'more-faults') this.length += fault.count
    else if (this.length++ < mostFaults) this.first.push(fault)
  }

  /** The first hundred and the number of the others. */
  all(): PlanFault[] {
    const further = this.length - this.first.length
    return further === 0 ? [...this.first] : [...this.first, { type: 'more-faults', at: [], count: further }]
  }

  pushAll(faults: Iterable<PlanFault>): void {
    for (const fault of faults) this.push(fault)
  }
}

/** How many faults there are, those that are only counted included. */
export function faultCount(faults: readonly PlanFault[]): number {
  return faults.reduce((sum, fault) => sum + (fault.type === 'more-faults' ? fault.count : 1), 0)
}

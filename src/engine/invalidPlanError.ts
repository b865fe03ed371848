import { describeFault } from '../model/describeFault.js'
import type { PlanFault } from '../model/fault.js'

/** A plan that cannot run: every fault it has, found before any effect. */
export class InvalidPlanError extends Error {
  override readonly name = 'InvalidPlanError'
  readonly faults: readonly PlanFault[]

  constructor(faults: readonly PlanFault[]) {
    const count = faults.length === 1 ? 'one fault' : `${faults.length} faults`
    super(`The plan has ${count}:\n${faults.map(describeFault).join('\n')}`)
    this.faults = faults
  }
}

import { describeFault } from '../model/describeFault.js'
import type { PlanFault } from '../model/fault.js'

/** The message describes this many faults; `faults` has them all. */
const mostDescribed = 100

/** A plan that cannot run: every fault it has, found before any effect. */
export class InvalidPlanError extends Error {
  override readonly name = 'InvalidPlanError'
  readonly faults: readonly PlanFault[]

  constructor(faults: readonly PlanFault[]) {
    const more = faults.length > mostDescribed ? `\n… and ${faults.length - mostDescribed} more` : ''
    const count = faults.length === 1 ? 'one fault' : `${faults.length} faults`
    super(`The plan has ${count}:\n${faults.slice(0, mostDescribed).map(describeFault).join('\n')}${more}`)
    this.faults = faults
  }
}

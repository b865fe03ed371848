import { describeFault } from '../model/fault/describeFault.js'
import type { PlanFault } from '../model/fault/fault.js'
import { faultCount } from '../model/fault/faultList.js'

/**
 * A plan that cannot run, with its faults. The error comes before any event and any effect.
 *
 * The stream of a run errors with it, and `done` of `startBatch` rejects with it. It lists at most 100 faults; `more-faults` then has the
 * number of the others.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { InvalidPlanError, runBatch } from 'millrace'
 * const error: unknown = await lastValueFrom(runBatch({ operations: [], concurrency: 0 })).catch((thrown: unknown) => thrown)
 * error instanceof InvalidPlanError && error.faults.map(({ type }) => type) // => ['invalid-value']
 * ```
 * @see {@link describeFault} for the text of one fault
 * @since 0.1.0
 */
export class InvalidPlanError extends Error {
  override readonly name = 'InvalidPlanError'
  readonly faults: readonly PlanFault[]

  constructor(faults: readonly PlanFault[]) {
    const count = faultCount(faults)
    super(`The plan has ${count === 1 ? 'one fault' : `${count} faults`}:\n${faults.map(describeFault).join('\n')}`)
    this.faults = faults
  }
}

import { describeFault } from '../model/fault/describeFault.js'
import type { PlanFault } from '../model/fault/fault.js'

/** The message describes this many faults; `faults` has them all. */
const mostDescribed = 100

/**
 * A plan that cannot run, with every fault it has: found before any event and any effect.
 *
 * The stream of a run errors with it, and `done` of `startBatch` rejects with it. Its message describes the first 100 of its `faults`.
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
    const more = faults.length > mostDescribed ? `\n… and ${faults.length - mostDescribed} more` : ''
    const count = faults.length === 1 ? 'one fault' : `${faults.length} faults`
    super(`The plan has ${count}:\n${faults.slice(0, mostDescribed).map(describeFault).join('\n')}${more}`)
    this.faults = faults
  }
}

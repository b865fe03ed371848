import { map, type OperatorFunction, takeLast, throwIfEmpty } from 'rxjs'
import type { Needed } from '../model/code/operation.js'
import type { AnyEvent } from '../model/metrics/monitorEvent.js'
import { OutcomeError } from './outcome/outcomeError.js'
import { idOf, type OperationName } from './outcome/operationName.js'
import { outcomeOf } from './outcomeOf.js'

/**
 * Emits the value of one operation after the run has ended: typed for an operation made in code, `unknown` for an id.
 *
 * Completes after it. This is the only operator that turns a failure into an error: if the operation did not succeed, or no operation with
 * that id ended, it errors with an `OutcomeError`. In either case the run completes first.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { operation, runBatch, valueOf } from 'millrace'
 * const words = operation('words', () => ['mill', 'race'])
 * const count = await lastValueFrom(runBatch([words]).pipe(valueOf(words)))
 * count.length // => 2
 * ```
 * @see {@link outcomeOf} for an operation that may fail
 * @since 0.1.0
 */
export function valueOf<R>(operation: Needed<R>): OperatorFunction<AnyEvent, R>
export function valueOf(operation: OperationName): OperatorFunction<AnyEvent, unknown>
export function valueOf(operation: OperationName): OperatorFunction<AnyEvent, unknown> {
  const id = idOf('valueOf', operation)
  return (events) =>
    events.pipe(
      outcomeOf(id),
      // Not before the source has ended: an error unsubscribes from it, and that would stop the run.
      takeLast(1),
      map((outcome) => {
        if (outcome.type === 'succeeded') return outcome.value
        throw new OutcomeError(id, outcome)
      }),
      throwIfEmpty(() => new OutcomeError(id, undefined)),
    )
}

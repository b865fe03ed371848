import { map, type OperatorFunction } from 'rxjs'
import type { Needed } from '../model/code/operation.js'
import type { AnyEvent } from '../model/metrics/monitorEvent.js'
import type { Outcome } from '../model/outcome.js'
import { endOf } from './outcome/endOf.js'
import { idOf, type OperationName } from './outcome/operationName.js'
import { outcomeOfEvent } from './outcomes.js'

/**
 * Emits the outcome of one operation as soon as it has ended.
 *
 * Completes with the source, without a value if no operation with that id ended. Never errors by itself: a failure is an outcome.
 * `firstValueFrom` unsubscribes at the first value and stops a run that has no other subscriber.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { operation, outcomeOf, runBatch } from 'millrace'
 * const seven = operation('seven', () => 7)
 * const outcome = await lastValueFrom(runBatch([seven]).pipe(outcomeOf(seven)))
 * outcome // => { type: 'succeeded', value: 7 }
 * ```
 * @see {@link valueOf} for the value alone
 * @see {@link outcomes} for every operation
 * @since 0.1.0
 */
export function outcomeOf<R>(operation: Needed<R>): OperatorFunction<AnyEvent, Outcome<R>>
export function outcomeOf(operation: OperationName): OperatorFunction<AnyEvent, Outcome>
export function outcomeOf(operation: OperationName): OperatorFunction<AnyEvent, Outcome> {
  const id = idOf('outcomeOf', operation)
  return (events) => events.pipe(endOf(id), map(outcomeOfEvent))
}

// operators: the public operators and creation functions over the events of a run, one a file.
import { filter, map, type OperatorFunction } from 'rxjs'
import { isTerminal } from '../model/isTerminal.js'
import type { AnyEvent } from '../model/metrics/monitorEvent.js'
import type { TerminalEvent } from '../model/event.js'
import type { Outcome } from '../model/outcome.js'
import { takesNothing } from '../model/options/checkOptions.js'

/** How one operation ended. */
export interface OperationOutcome {
  readonly id: string
  readonly outcome: Outcome
}

/**
 * Emits the outcome of each operation, in the order in which they ended.
 *
 * Completes with the source. Never errors by itself.
 *
 * @example
 * ```ts
 * import { firstValueFrom, toArray } from 'rxjs'
 * import { operation, outcomes, runBatch } from 'millrace'
 * const ended = await firstValueFrom(runBatch([operation('a', () => 7)]).pipe(outcomes(), toArray()))
 * ended // => [{ id: 'a', outcome: { type: 'succeeded', value: 7 } }]
 * ```
 * @see {@link values} for the values of those that succeeded
 * @since 0.1.0
 */
export function outcomes(): OperatorFunction<AnyEvent, OperationOutcome> {
  takesNothing('outcomes', arguments)
  return (events) =>
    events.pipe(
      filter(isTerminal),
      map((event) => ({ id: event.id, outcome: outcomeOfEvent(event) })),
    )
}

/** @internal */
export function outcomeOfEvent(event: TerminalEvent): Outcome {
  switch (event.type) {
    case 'operation-succeeded':
      return { type: 'succeeded', value: event.value }
    case 'operation-failed':
      return { type: 'failed', error: event.error }
    case 'operation-skipped':
      return { type: 'skipped', reason: event.reason, because: event.because }
    case 'operation-cancelled':
      return { type: 'cancelled', cause: event.cause }
  }
}

import { defer, throwError, type OperatorFunction } from 'rxjs'
import { InvalidPlanError } from '../engine/invalidPlanError.js'
import { runOptionFields, type RunOptions } from '../engine/options.js'
import { checkOptions } from '../model/options/checkOptions.js'
import { wholeNumber } from '../model/options/kinds.js'
import { pushedFeed } from '../engine/source/pushedFeed.js'
import { streamBatch } from '../engine/source/streamBatch.js'
import { execute } from '../engine/flow/execute.js'
import type { BatchEvent } from '../model/event.js'

/** How pushed operations are run. */
export interface RunOperationsOptions extends RunOptions {
  /** The most operations that can wait for a slot. One more fails with `buffer-full`. Default 10,000. */
  readonly buffer?: number
}

/**
 * Runs the operations its source pushes as one run, and emits everything that happens as events.
 *
 * Completes when the source has completed and every operation has ended. If the source errors, the operations it pushed are finished, and
 * `stoppedBy` of the summary holds the error; the stream itself errors only with `InvalidPlanError` for `settings`, or a defect of this
 * library. Unsubscribing stops the run and unsubscribes from the source. A pushing source cannot be slowed down: see `buffer`. An item that
 * is not a valid operation fails on its own, with `invalid-operation`.
 *
 * @example
 * ```ts
 * import { firstValueFrom, from, toArray } from 'rxjs'
 * import { operation, runOperations, values } from 'millrace'
 * const given = await firstValueFrom(from([operation('a', () => 1), operation('b', () => 2)]).pipe(runOperations(), values(), toArray()))
 * given // => [{ id: 'a', value: 1 }, { id: 'b', value: 2 }]
 * ```
 * @see {@link runBatch} to pull operations from a generator, which holds it back
 * @since 0.1.0
 */
export function runOperations(options: RunOperationsOptions = {}): OperatorFunction<unknown, BatchEvent> {
  const { buffer = 10_000 } = options
  checkOptions('runOperations', options, { ...runOptionFields, buffer: wholeNumber(1, Number.MAX_SAFE_INTEGER) })
  return (operations) =>
    defer(() => {
      const batch = streamBatch(options, (listener) => pushedFeed(operations, buffer, listener))
      return batch instanceof InvalidPlanError ? throwError(() => batch) : execute(batch, options)
    })
}

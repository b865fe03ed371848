import { catchError, EMPTY, ignoreElements, merge, tap, timer, type Observable, type SchedulerLike } from 'rxjs'
import { operationErrorOf } from '../../model/operationError.js'
import type { Backpressure } from '../backpressure.js'
import type { ReadyQueue } from '../ready/readyQueue.js'
import { aborted } from '../stop/aborted.js'
import type { Stops } from '../stop/stops.js'
import type { Turns } from '../time/turns.js'

export interface OutsideParts {
  readonly scheduler: SchedulerLike
  readonly turns: Turns
  readonly queue: ReadyQueue
  readonly stops: Stops
  readonly timeoutMs: number | undefined
  readonly signal: AbortSignal | undefined
  readonly concurrency: number | Observable<number> | undefined
  readonly backpressure: Backpressure | undefined
}

/** What reaches a run from outside while it goes on: its time limit, a signal, a new limit, a reader that has caught up. Gives nothing. */
export function outside(parts: OutsideParts): Observable<never> {
  const { scheduler, turns, stops, timeoutMs, signal, concurrency, backpressure } = parts
  const sources: Observable<unknown>[] = []
  if (timeoutMs !== undefined) sources.push(timer(timeoutMs, scheduler).pipe(tap(() => stops.run({ type: 'run-timeout', timeoutMs }))))
  if (signal !== undefined) sources.push(aborted(signal).pipe(tap((message) => stops.run({ type: 'signal', message }))))
  if (typeof concurrency === 'object') sources.push(liveConcurrency(concurrency, parts))
  if (backpressure !== undefined) sources.push(backpressure.caughtUp$.pipe(tap(turns.wake)))
  return sources.length === 0 ? EMPTY : merge(...sources).pipe(ignoreElements())
}

/** The limit that a caller changes in flight. When it fails, or gives no limit, the last one holds and the summary says why. */
function liveConcurrency(limits$: Observable<number>, { queue, turns, stops }: OutsideParts): Observable<unknown> {
  const failed = (thrown: unknown): void => stops.run({ type: 'source', error: operationErrorOf(thrown) })
  return limits$.pipe(
    tap((limit) => {
      if (!Number.isSafeInteger(limit) || limit < 0)
        return failed(new RangeError(`concurrency: ${limit} is not a whole number of at least 0.`))
      queue.limit(limit)
      turns.wake()
    }),
    catchError((thrown: unknown) => {
      failed(thrown)
      return EMPTY
    }),
  )
}

import {
  catchError,
  EMPTY,
  exhaustMap,
  ignoreElements,
  map,
  merge,
  NEVER,
  race,
  tap,
  timer,
  type Observable,
  type SchedulerLike,
} from 'rxjs'
import { operationErrorOf } from '../../model/operationError.js'
import type { StopCause } from '../../model/summary.js'
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
  /** How long what cleans up may take after a signal or the time limit. */
  readonly cleanupMs: number
  /** Ends that time before. */
  readonly endCleanUp$: Observable<unknown> | undefined
  readonly concurrency: number | Observable<number> | undefined
  readonly backpressure: Backpressure | undefined
}

/** What reaches a run from outside while it goes on: its time limit, a signal, a new limit, a reader that has caught up. Gives nothing. */
export function outside(parts: OutsideParts): Observable<never> {
  const { scheduler, turns, stops, timeoutMs, signal, cleanupMs, endCleanUp$ = NEVER, concurrency, backpressure } = parts
  const sources: Observable<unknown>[] = []
  // The first to stop the run begins the time for cleaning up.
  const stopped: Observable<StopCause>[] = []
  if (timeoutMs !== undefined) stopped.push(timer(timeoutMs, scheduler).pipe(map(() => ({ type: 'run-timeout', timeoutMs }))))
  if (signal !== undefined) stopped.push(aborted(signal).pipe(map((message) => ({ type: 'signal', message }))))
  if (stopped.length > 0)
    sources.push(
      merge(...stopped).pipe(
        tap((cause) => stops.run(cause)),
        exhaustMap(() => race(timer(cleanupMs, scheduler), endCleanUp$)),
        tap(() => stops.endCleanUp()),
      ),
    )
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

import { asyncScheduler, from, mergeMap, Observable, Subject, type ObservableInput, type OperatorFunction, type SchedulerLike } from 'rxjs'
import { aborted } from '../engine/stop/aborted.js'
import { wakeTimer } from '../engine/time/wakeTimer.js'
import { checkOptions, refuse, type Fields } from '../model/options/checkOptions.js'
import {
  aFunction,
  flag,
  hasFields,
  isObservable,
  kind,
  required,
  scheduler as schedulerKind,
  signal as signalKind,
} from '../model/options/kinds.js'
import type { PoolLimit, Priority } from '../model/plan.js'
import { asTheyCome, inSourceOrder } from './pool/inSourceOrder.js'
import { waitingValues } from './pool/waitingValues.js'

/** What bounds a `mergeMapPool`. */
export interface MergeMapPoolOptions<A> {
  /** Most slots taken at once: a number, or an Observable of numbers to change it in flight; 0 pauses. */
  readonly concurrency: number | Observable<number>
  /** Which waiting value gets a free slot first. Default: `medium` for all, in the order they came. */
  readonly priority?: (value: A) => Priority
  /** The slots a value takes. Default 1. */
  readonly weight?: (value: A) => number
  /** The pool that a value draws on besides; undefined for none. */
  readonly pool?: (value: A) => string | undefined
  /** The limits of the pools by name: so many at once, or `{ limit, perSecond, burst }`. */
  readonly pools?: Readonly<Record<string, number | PoolLimit>>
  /** Results leave in the order of the values that they are of. Default: as they come. */
  readonly inOrder?: boolean
  /** Ends everything with an error when it is aborted. */
  readonly signal?: AbortSignal
  /** Where the time of pools with `perSecond` comes from. Default: asynchronous timers. */
  readonly scheduler?: SchedulerLike
}

const fields = {
  concurrency: required(
    kind(
      'a whole number of at least 1, or an Observable of numbers',
      (value) => isObservable(value) || (Number.isSafeInteger(value) && (value as number) >= 1),
    ),
    'How many may run at once, such as { concurrency: 6 }.',
  ),
  priority: aFunction,
  weight: aFunction,
  pool: aFunction,
  pools: kind('limits by the names of pools', hasFields),
  inOrder: flag,
  signal: signalKind,
  scheduler: schedulerKind,
} satisfies Fields<MergeMapPoolOptions<unknown>>

/**
 * `mergeMap` with the limits of a run: a concurrency that may change in flight, priorities, weights, and pools with rates. It is the
 * ready queue of the engine, for any Observable.
 *
 *     source       -a-b-c-----------|
 *     project(x)    --x|   (concurrency 1)
 *     result       ---a-b-c---------|
 *
 * Completes once the source has completed and every value has been worked on. Errors with the source, with an inner one, or when `signal`
 * is aborted; then what runs is unsubscribed from. Values that wait are kept without limit: a source that never ends has to be slowed.
 *
 * @example
 * ```ts
 * import { from, lastValueFrom, toArray } from 'rxjs'
 * import { mergeMapPool } from 'millrace'
 * const lengths = from(['mill', 'race']).pipe(mergeMapPool(async (word) => word.length, { concurrency: 2, inOrder: true }))
 * await lastValueFrom(lengths.pipe(toArray())) // => [4, 4]
 * ```
 * @since 0.2.0
 */
export function mergeMapPool<A, R>(
  project: (value: A, index: number) => ObservableInput<R>,
  options: MergeMapPoolOptions<A>,
): OperatorFunction<A, R> {
  refuse('mergeMapPool', aFunction.faults(project, ['project']))
  checkOptions('mergeMapPool', options, fields)
  const { concurrency, priority, weight, pool, inOrder = false, signal, scheduler = asyncScheduler } = options
  const pools = new Map(Object.entries(options.pools ?? {}).map(([name, limit]) => [name, typeof limit === 'number' ? { limit } : limit]))
  // Not composed of existing operators alone: the buffer of `mergeMap` knows no priorities, so what it is given is pulled from a queue.
  return (source) =>
    new Observable((subscriber) => {
      const start$ = new Subject<{ readonly value: A; readonly index: number }>()
      const timer = wakeTimer(scheduler, () => pull())
      const clock = { now: () => scheduler.now(), wakeIn: (ms: number): void => timer.set(ms) }
      const waiting = waitingValues<A>(typeof concurrency === 'number' ? concurrency : 0, pools, clock)
      const results = inOrder ? inSourceOrder<R>(give) : asTheyCome<R>(give)
      let running = 0
      let sourceIsOver = false
      let pulling = false

      function give(result: R): void {
        subscriber.next(result)
      }
      const pull = (): void => {
        // What ends at once makes room for the next within the same loop: no stack grows with the number of values.
        if (pulling) return
        pulling = true
        for (let next = waiting.take(); next !== undefined && !subscriber.closed; next = waiting.take()) {
          running += 1
          start$.next(next)
        }
        pulling = false
        if (sourceIsOver && running === 0 && waiting.size() === 0) subscriber.complete()
      }
      const inner = ({ value, index }: { readonly value: A; readonly index: number }): Observable<never> =>
        new Observable((attempt) =>
          from(project(value, index)).subscribe({
            next: (result) => results.next(index, result),
            error: (error: unknown) => attempt.error(error),
            complete: () => {
              attempt.complete()
              running -= 1
              waiting.release(index)
              results.done(index)
              pull()
            },
          }),
        )

      subscriber.add(() => timer.clear())
      subscriber.add(start$.pipe(mergeMap(inner)).subscribe({ error: (error: unknown) => subscriber.error(error) }))
      if (signal !== undefined) subscriber.add(aborted(signal).subscribe(() => subscriber.error(signal.reason)))
      if (typeof concurrency === 'object')
        subscriber.add(
          concurrency.subscribe({
            next: (limit) => {
              waiting.limit(limit)
              pull()
            },
            error: (error: unknown) => subscriber.error(error),
          }),
        )
      if (subscriber.closed) return
      subscriber.add(
        source.subscribe({
          next: (value) => {
            waiting.add(value, { priority: priority?.(value) ?? 'medium', weight: weight?.(value) ?? 1, pool: pool?.(value) })
            pull()
          },
          error: (error: unknown) => subscriber.error(error),
          complete: () => {
            sourceIsOver = true
            pull()
          },
        }),
      )
    })
}

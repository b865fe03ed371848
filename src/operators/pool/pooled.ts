import {
  asyncScheduler,
  catchError,
  defer,
  EMPTY,
  finalize,
  ignoreElements,
  map,
  mergeMap,
  Observable,
  Subject,
  tap,
  type ObservableInput,
  type OperatorFunction,
} from 'rxjs'
import { aborted } from '../../engine/stop/aborted.js'
import { demandOf } from './demandOf.js'
import { asTheyCome, inSourceOrder } from './inSourceOrder.js'
import type { MergeMapPoolOptions } from './poolOptions.js'
import { waitingValues, type PlacedValue } from './waitingValues.js'

/** How long to wait after an error before that value is tried again, in ms; undefined when the error is one. */
export type WaitAfter<A> = (error: unknown, value: A) => number | undefined

/** Works on values as the limits let them start; an error that `waitMs` takes for a wait closes the pool of its value. */
export function pooled<A, R>(
  call: 'mergeMapPool' | 'cooldown',
  project: (value: A, index: number) => ObservableInput<R>,
  options: MergeMapPoolOptions<A>,
  waitMs: WaitAfter<A>,
): OperatorFunction<A, R> {
  const { concurrency, inOrder = false, signal, scheduler = asyncScheduler } = options
  const pools = new Map(Object.entries(options.pools ?? {}).map(([name, limit]) => [name, typeof limit === 'number' ? { limit } : limit]))
  const demand = demandOf(call, options)
  // Not composed of existing operators alone: the buffer of `mergeMap` knows no priorities, so what it is given is pulled from a queue.
  return (source) =>
    new Observable((subscriber) => {
      const start$ = new Subject<PlacedValue<A>>()
      const waiting = waitingValues<A>({
        concurrency: typeof concurrency === 'number' ? concurrency : 0,
        pools,
        scheduler,
        wake: () => pull(),
      })
      const give = (result: R): void => subscriber.next(result)
      const results = inOrder ? inSourceOrder(give) : asTheyCome(give)
      let sourceIsOver = false
      let pulling = false

      const pull = (): void => {
        // What ends at once makes room for the next within the same loop: no stack grows with the number of values.
        if (pulling) return
        pulling = true
        for (let next = takeNext(); next !== undefined; next = takeNext()) start$.next(next)
        pulling = false
        if (sourceIsOver && waiting.size() === 0) subscriber.complete()
      }
      const takeNext = (): PlacedValue<A> | undefined => (subscriber.closed ? undefined : waiting.take())

      const work = ({ value, index }: PlacedValue<A>): Observable<never> =>
        defer(() => project(value, index)).pipe(
          tap({
            next: (result) => results.next(index, result),
            complete: () => {
              waiting.done(index)
              results.done(index)
            },
          }),
          ignoreElements(),
          catchError((error: unknown) => {
            if (waiting.refused(index, waitMs(error, value))) return EMPTY
            throw error
          }),
          finalize(pull),
        )

      const failed = { error: (error: unknown): void => subscriber.error(error) }
      subscriber.add(waiting.clear)
      subscriber.add(start$.pipe(mergeMap(work)).subscribe(failed))
      if (signal !== undefined) subscriber.add(aborted(signal).subscribe(() => subscriber.error(signal.reason)))
      if (typeof concurrency === 'object')
        subscriber.add(
          concurrency.subscribe({
            ...failed,
            next: (limit) => {
              if (!Number.isSafeInteger(limit) || limit < 0)
                return subscriber.error(new RangeError(`concurrency: ${limit} is not a whole number of at least 0.`))
              waiting.limit(limit)
              pull()
            },
          }),
        )
      if (subscriber.closed) return
      subscriber.add(
        source.pipe(map((value) => ({ value, demand: demand(value) }))).subscribe({
          ...failed,
          next: ({ value, demand }) => {
            waiting.add(value, demand)
            pull()
          },
          complete: () => {
            sourceIsOver = true
            pull()
          },
        }),
      )
    })
}

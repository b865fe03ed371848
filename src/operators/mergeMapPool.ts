import type { ObservableInput, OperatorFunction } from 'rxjs'
import { checkOptions, refuse } from '../model/options/checkOptions.js'
import { aFunction } from '../model/options/kinds.js'
import { pooled } from './pool/pooled.js'
import { mergeMapPoolFields, type MergeMapPoolOptions } from './pool/poolOptions.js'

/**
 * `mergeMap` with the limits of a run: a concurrency that can change while it runs, priorities, weights, and pools with rates. It is the
 * ready queue of the engine, for any Observable.
 *
 *     source                        (abc|)
 *     project(x)                    -x|
 *     concurrency: 1                -a-b-c|
 *     concurrency: 1, c is high     -a-c-b|
 *
 * Completes after the source and every inner Observable have completed. Errors with the source, with an inner Observable, or when `signal`
 * is aborted, and unsubscribes from those that run. Waiting values are kept without limit: slow down a source that never ends.
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
  checkOptions('mergeMapPool', options, mergeMapPoolFields)
  return pooled('mergeMapPool', project, options, () => undefined)
}

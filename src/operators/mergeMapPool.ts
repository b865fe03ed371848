import type { ObservableInput, OperatorFunction } from 'rxjs'
import { checkOptions, refuse } from '../model/options/checkOptions.js'
import { aFunction } from '../model/options/kinds.js'
import { pooled } from './pool/pooled.js'
import { mergeMapPoolFields, type MergeMapPoolOptions } from './pool/poolOptions.js'

/**
 * `mergeMap` with the limits of a run: a concurrency that may change in flight, priorities, weights, and pools with rates. It is the
 * ready queue of the engine, for any Observable.
 *
 *     source                        (abc|)
 *     project(x)                    -x|
 *     concurrency: 1                -a-b-c|
 *     concurrency: 1, c is high     -a-c-b|
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
  checkOptions('mergeMapPool', options, mergeMapPoolFields)
  return pooled('mergeMapPool', project, options, () => undefined)
}

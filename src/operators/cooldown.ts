import type { ObservableInput, OperatorFunction } from 'rxjs'
import { checkOptions, refuse, type Fields } from '../model/options/checkOptions.js'
import { aFunction, required } from '../model/options/kinds.js'
import { mergeMapPoolFields, type MergeMapPoolOptions } from './pool/poolOptions.js'
import { pooled } from './pool/pooled.js'

/** The limits of a `cooldown`, and how it reads a wait from an error. */
export interface CooldownOptions<A> extends MergeMapPoolOptions<A> {
  /** How long an error asks to wait, in ms: `Retry-After` of an HTTP answer. Undefined for every other error. */
  readonly waitMs: (error: unknown, value: A) => number | undefined
}

const fields = {
  ...mergeMapPoolFields,
  waitMs: required(aFunction, 'The ms that an error asks to wait: { waitMs: (error) => error.retryAfterMs }.'),
} satisfies Fields<CooldownOptions<unknown>>

/**
 * `mergeMapPool` that pauses when a server asks to wait. An error for which `waitMs` returns a time is not an error: its value starts again
 * after that time, and until then nothing else starts in its pool (without pools, nothing at all). Then one value starts, and after each
 * success one more can run at once, to keep all the waiting values from hitting the server together.
 *
 *     source                                (abc|)
 *     project(x), the first time            -#
 *     project(x), later                     -x|
 *     waitMs: 5, concurrency: 1             -------a-b-c|
 *     waitMs: 5, concurrency: 2             -b-----a-c|
 *
 * Completes after the source and every inner Observable have completed. Errors with the source, with an inner error that is not a wait,
 * with the 11th wait of one value, with a wait of more than 10 minutes, or when `signal` is aborted. Values that an inner Observable
 * emitted before a wait are passed on, as with `retry`.
 *
 * @example
 * ```ts
 * import { from, lastValueFrom, toArray } from 'rxjs'
 * import { cooldown } from 'millrace'
 * let asked = 0
 * const ask = async (page: number) => {
 *   if (++asked === 1) throw { status: 429, retryAfterMs: 20 }
 *   return `page ${page}`
 * }
 * const waitMs = (error: unknown) => (error as { retryAfterMs?: number }).retryAfterMs
 * await lastValueFrom(from([1, 2]).pipe(cooldown(ask, { concurrency: 1, waitMs }), toArray())) // => ['page 1', 'page 2']
 * ```
 * @see {@link mergeMapPool} for the other options
 * @since 0.2.0
 */
export function cooldown<A, R>(
  project: (value: A, index: number) => ObservableInput<R>,
  options: CooldownOptions<A>,
): OperatorFunction<A, R> {
  refuse('cooldown', aFunction.faults(project, ['project']))
  checkOptions('cooldown', options, fields)
  return pooled('cooldown', project, options, options.waitMs)
}

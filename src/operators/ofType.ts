import { filter, type OperatorFunction } from 'rxjs'
import type { AnyEvent } from '../model/monitorEvent.js'

/**
 * Keeps the events of the named types.
 *
 * Completes with the source. Never errors by itself. A name that is no event type does not compile; those of `monitor()` are known.
 *
 * @example
 * ```ts
 * import { firstValueFrom, toArray } from 'rxjs'
 * import { ofType, runBatch } from 'millrace'
 * const [finished] = await firstValueFrom(runBatch([]).pipe(ofType('run-finished'), toArray()))
 * finished?.summary.counts.total // => 0
 * ```
 * @see {@link onlyFailed} for the failures alone
 * @since 0.1.0
 */
export function ofType<T extends AnyEvent['type']>(
  ...types: readonly [T, ...T[]]
): OperatorFunction<AnyEvent, Extract<AnyEvent, { readonly type: T }>> {
  const wanted: ReadonlySet<AnyEvent['type']> = new Set(types)
  return (events) => events.pipe(filter((event): event is Extract<AnyEvent, { readonly type: T }> => wanted.has(event.type)))
}

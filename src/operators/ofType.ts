import { filter, type OperatorFunction } from 'rxjs'
import type { BatchEvent, EventOfType } from '../model/event.js'

/**
 * Keeps the events of the named types.
 *
 * Completes with the source. Never errors by itself. A name that is no event type does not compile.
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
export function ofType<T extends BatchEvent['type']>(...types: readonly [T, ...T[]]): OperatorFunction<BatchEvent, EventOfType<T>> {
  const wanted: ReadonlySet<BatchEvent['type']> = new Set(types)
  return (events) => events.pipe(filter((event): event is EventOfType<T> => wanted.has(event.type)))
}

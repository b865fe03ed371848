import { map, type OperatorFunction } from 'rxjs'
import type { AnyEvent } from '../model/metrics/monitorEvent.js'
import { ofType } from './ofType.js'
import { takesNothing } from '../model/options/checkOptions.js'

/** The value of one operation. */
export interface OperationValue {
  readonly id: string
  readonly value: unknown
}

/**
 * Emits the value of each operation that succeeded, in the order in which they ended.
 *
 * Completes with the source. Never errors by itself: operations that did not succeed are left out.
 *
 * @example
 * ```ts
 * import { firstValueFrom, toArray } from 'rxjs'
 * import { operation, runBatch, values } from 'millrace'
 * const given = await firstValueFrom(runBatch([operation('a', () => 7)]).pipe(values(), toArray()))
 * given // => [{ id: 'a', value: 7 }]
 * ```
 * @see {@link outcomes} for those that did not succeed as well
 * @since 0.1.0
 */
export function values(): OperatorFunction<AnyEvent, OperationValue> {
  takesNothing('values', arguments)
  return (events) =>
    events.pipe(
      ofType('operation-succeeded'),
      map(({ id, value }) => ({ id, value })),
    )
}

import type { OperatorFunction } from 'rxjs'
import type { OperationFailed } from '../model/event.js'
import type { AnyEvent } from '../model/metrics/monitorEvent.js'
import { ofType } from './ofType.js'
import { takesNothing } from '../model/options/checkOptions.js'

/**
 * Keeps only the operations that failed.
 *
 * Completes with the source. Never errors by itself. Operations that were skipped or cancelled did not fail.
 *
 * @example
 * ```ts
 * import { firstValueFrom, toArray } from 'rxjs'
 * import { onlyFailed, operation, runBatch } from 'millrace'
 * const operations = [operation('a', () => 7), operation('b', () => Promise.reject(new Error('no water')))]
 * const failed = await firstValueFrom(runBatch(operations).pipe(onlyFailed(), toArray()))
 * failed.map(({ id, error }) => `${id}: ${error.message}`) // => ['b: Error: no water']
 * ```
 * @see {@link outcomes} for every way an operation can end
 * @since 0.1.0
 */
export function onlyFailed(): OperatorFunction<AnyEvent, OperationFailed> {
  takesNothing('onlyFailed', arguments)
  return ofType('operation-failed')
}

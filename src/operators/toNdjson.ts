import { map, type OperatorFunction } from 'rxjs'
import { takesNothing } from '../model/options/checkOptions.js'
import { jsonText } from './share/jsonText.js'

/**
 * Writes each event as one line of JSON, line end included.
 *
 * Completes with the source. Never errors: values that JSON cannot represent (a bigint, a cycle) are written as text, an error as its name,
 * message and own fields.
 *
 * @example
 * ```ts
 * import { firstValueFrom } from 'rxjs'
 * import { runBatch, toNdjson } from 'millrace'
 * const line = await firstValueFrom(runBatch([]).pipe(toNdjson()))
 * JSON.parse(line).type // => 'run-started'
 * ```
 * @since 0.1.0
 */
export function toNdjson<A>(): OperatorFunction<A, string> {
  takesNothing('toNdjson', arguments)
  return map((event) => `${jsonText(event)}\n`)
}

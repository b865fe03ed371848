import type { httpOperations } from '../http/httpOperations.js'
import { recordBuilder, type BuilderOf, type ResultOfBuilder } from './recordBuilder.js'

/** The builder of HTTP requests. */
export interface HttpBuilders {
  readonly request: BuilderOf<typeof httpOperations>
}

/** What a request gives. */
export type HttpResult = ResultOfBuilder<HttpBuilders['request']>

/**
 * Writes HTTP requests in code: `http.request(id, params, settings?)`, as a record that a plan could hold, with a typed result.
 *
 * @example
 * ```ts
 * import { http } from 'millrace/node'
 * const page = http.request('page', { url: 'https://example.org/' }, { retry: 3 })
 * page.operation // => 'request'
 * ```
 * @since 0.2.0
 */
export const http: HttpBuilders = { request: recordBuilder<typeof httpOperations>('http', 'request') }

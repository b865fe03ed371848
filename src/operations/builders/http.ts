import type { httpOperations } from '../http/httpOperations.js'
import { recordBuilder, type BuilderOf, type ResultOfBuilder } from './recordBuilder.js'

/** The builder of HTTP requests. */
export interface HttpBuilders {
  readonly request: BuilderOf<typeof httpOperations>
}

/** The result of a request. */
export type HttpResult = ResultOfBuilder<HttpBuilders['request']>

/**
 * Makes HTTP requests in code: `http.request(id, params, settings?)`, a plain record as in a plan file, with a typed result.
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

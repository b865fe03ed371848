import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { anyOf, record, array } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { anyJson, finiteNumber, boolean, oneOf, text, integer } from '../../model/codec/values.js'

/** The largest body taken when neither the operation nor the run says. */
export const defaultMaxBytes = 10 * 1024 * 1024

/** Redirects followed when the operation does not say. */
export const defaultRedirects = 5

const status = integer({ minimum: 200, maximum: 599 })

export const RequestParams = closed(
  'the params of http request',
  { url: described(text({ minLength: 1 }), 'An absolute http: or https: URL.') },
  {
    method: described(oneOf('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'), 'Default: GET, or POST when there is a body.'),
    headers: described(record(text()), 'Headers to send.'),
    query: described(record(anyOf(text(), finiteNumber(), boolean)), 'Query parameters, added to those of the URL.'),
    body: described(anyJson, 'Text is sent unchanged, everything else as JSON.'),
    expectStatus: described(anyOf(status, array(status, { minItems: 1 })), 'The statuses that are a success. Default: any 2xx.'),
    maxBytes: described(integer({ minimum: 0, maximum: 512 * 1024 * 1024 }), 'The most bytes of body accepted. Default: 10485760.'),
    as: described(oneOf('auto', 'text', 'json', 'base64'), 'How the body is returned. Default: auto, by its content-type.'),
    redirects: described(integer({ minimum: 0, maximum: 20 }), 'The most redirects followed. Default: 5.'),
  },
)
export type RequestParams = t.TypeOf<typeof RequestParams>

export const RequestResult = closed(
  'the result of http request',
  {
    url: described(text(), 'The URL of the response, after redirects.'),
    status: described(status, 'The status of the response.'),
    headers: described(record(anyOf(text(), array(text()))), 'Its headers, names in lower case; a list for one sent more than once.'),
    body: described(anyJson, 'Its body: a JSON value, text, or base64 text.'),
    bytes: described(integer({ minimum: 0 }), 'The size of the body.'),
  },
  {},
)
export type RequestResult = t.TypeOf<typeof RequestResult>

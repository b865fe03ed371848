import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { anyOf, dictionaryOf, listOf } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { anyJson, finiteNumber, flag, oneOf, text, wholeNumber } from '../../model/codec/values.js'

/** The largest body taken when neither the operation nor the run says. */
export const defaultMaxBytes = 10 * 1024 * 1024

/** Redirects followed when the operation does not say. */
export const defaultRedirects = 5

const status = wholeNumber({ minimum: 200, maximum: 599 })

export const RequestParams = closed(
  'the params of http request',
  { url: described(text({ minLength: 1 }), 'An absolute http: or https: URL.') },
  {
    method: described(oneOf('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'), 'Default: GET, or POST when there is a body.'),
    headers: described(dictionaryOf(text()), 'Headers to send.'),
    query: described(dictionaryOf(anyOf(text(), finiteNumber(), flag)), 'Query parameters, added to those of the URL.'),
    body: described(anyJson, 'Text is sent as it is, everything else as JSON.'),
    expectStatus: described(anyOf(status, listOf(status, { minItems: 1 })), 'The statuses that are a success. Default: any 2xx.'),
    maxBytes: described(wholeNumber({ minimum: 0, maximum: 512 * 1024 * 1024 }), 'The largest body taken. Default: 10485760.'),
    as: described(oneOf('auto', 'text', 'json', 'base64'), 'What the body is given as. Default: auto, by its content-type.'),
    redirects: described(wholeNumber({ minimum: 0, maximum: 20 }), 'The most redirects followed. Default: 5.'),
  },
)
export type RequestParams = t.TypeOf<typeof RequestParams>

export const RequestResult = closed(
  'the result of http request',
  {
    url: described(text(), 'Where the answer came from, after redirects.'),
    status: described(status, 'The status of the answer.'),
    headers: described(
      dictionaryOf(anyOf(text(), listOf(text()))),
      'Its headers, names in lower case; a list for one sent more than once.',
    ),
    body: described(anyJson, 'Its body: a JSON value, text, or base64 text.'),
    bytes: described(wholeNumber({ minimum: 0 }), 'The size of the body.'),
  },
  {},
)
export type RequestResult = t.TypeOf<typeof RequestResult>

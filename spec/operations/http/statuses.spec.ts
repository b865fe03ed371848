import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { errorOf, withServer } from './httpAttempt.js'

const test = suite('statuses of http answers')

test('a status that was not expected is told with what the server said', () =>
  withServer(
    (_request, response) => response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"no such user"}'),
    async (origin) =>
      assert.equal(await errorOf({ url: `${origin}/users/7?token=abc` }), {
        type: 'http-status',
        message: `GET ${origin}/users/7 answered 404 Not Found, not 2xx. It said: {"error":"no such user"}`,
        retryable: false,
        status: 404,
      }),
  ))

test('only the first 500 bytes of what the server said are told', () =>
  withServer(
    (_request, response) => response.writeHead(500, { 'content-type': 'text/html' }).end('x'.repeat(100_000)),
    async (origin) => {
      const { message } = await errorOf({ url: origin })
      assert.is(message, `GET ${origin}/ answered 500 Internal Server Error, not 2xx. It said: ${'x'.repeat(500)}…`)
    },
  ))

test('what a server says in no kind of text is not told', () =>
  withServer(
    (_request, response) => response.writeHead(400, { 'content-type': 'image/png' }).end('abc'),
    async (origin) => assert.is((await errorOf({ url: origin })).message, `GET ${origin}/ answered 400 Bad Request, not 2xx.`),
  ))

test('a status is told also when its body cannot be decompressed', () =>
  withServer(
    (_request, response) => response.writeHead(400, { 'content-type': 'text/plain', 'content-encoding': 'gzip' }).end('no gzip'),
    async (origin) => assert.is((await errorOf({ url: origin })).message, `GET ${origin}/ answered 400 Bad Request, not 2xx.`),
  ))

test('an expected status is named', () =>
  withServer(
    (_request, response) => response.end(),
    async (origin) => {
      assert.is((await errorOf({ url: origin, expectStatus: 404 })).message, `GET ${origin}/ answered 200 OK, not 404.`)
      assert.is((await errorOf({ url: origin, expectStatus: [404, 410] })).message, `GET ${origin}/ answered 200 OK, not one of 404, 410.`)
    },
  ))

for (const [status, retryable] of [
  [400, false],
  [401, false],
  [404, false],
  [408, true],
  [409, false],
  [425, true],
  [429, true],
  [500, true],
  [501, false],
  [502, true],
  [503, true],
  [504, true],
  [505, false],
] as const)
  test(`${status} is ${retryable ? '' : 'not '}retryable`, () =>
    withServer(
      (_request, response) => response.writeHead(status).end(),
      async (origin) => assert.is((await errorOf({ url: origin })).retryable, retryable),
    ))

test('a time to wait is passed on', () =>
  withServer(
    (_request, response) => response.writeHead(429, { 'retry-after': '7' }).end(),
    async (origin) => {
      const error = await errorOf({ url: origin })
      assert.is(error.type === 'http-status' && error.retryAfterMs, 7000)
    },
  ))

test.run()

import { createServer } from 'node:http'
import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { OperationError } from '../../../src/model/operationError.js'
import { httpOperations } from '../../../src/operations/http/httpOperations.js'
import { attempt, errorOf, localRequest, resultOf, withServer } from './httpAttempt.js'

const test = suite('errors of http request')

/** An error without its cause, which is not this library's. */
function plain(error: OperationError): object {
  const { cause: _cause, ...rest } = error
  return rest
}

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

test('a body larger than maxBytes is too large, and the connection is closed', async () => {
  let closed: () => void = () => undefined
  const whenClosed = new Promise<void>((resolve) => (closed = resolve))
  await withServer(
    (_request, response) => {
      response.on('close', closed)
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(1000))) continue
        response.once('drain', more)
      }
      more()
    },
    async (origin) => {
      const error = await errorOf({ url: `${origin}/endless`, maxBytes: 5000 })
      assert.equal(error, {
        type: 'too-large',
        message: `GET ${origin}/endless: the answer is larger than the 5,000 bytes this operation takes. Raise maxBytes, or ask for less.`,
        retryable: false,
        limitBytes: 5000,
      })
      await whenClosed
    },
  )
})

test('a body of exactly maxBytes is taken', () =>
  withServer(
    (_request, response) => response.end('12345'),
    async (origin) => assert.is((await resultOf({ url: origin, maxBytes: 5 })).body, '12345'),
  ))

test('a small body that decompresses to a large one is too large', () =>
  withServer(
    (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(20_000_000))),
    async (origin) => assert.is((await errorOf({ url: origin })).type, 'too-large'),
  ))

test('an operation cannot ask for more than the run allows', () =>
  withServer(
    (_request, response) => response.end('x'.repeat(2000)),
    async (origin) => {
      const [type] = httpOperations({ allowPrivateAddresses: true, maxBytes: 1000 })
      const error = await errorOf({ url: origin, maxBytes: 5000 }, type)
      assert.is(error.type === 'too-large' && error.limitBytes, 1000)
    },
  ))

test('an answer that is not the JSON it claims to be is told', () =>
  withServer(
    (_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('<html>'),
    async (origin) =>
      assert.equal(plain(await errorOf({ url: origin })), {
        type: 'network',
        message:
          `GET ${origin}/: the answer is not the JSON it is taken for: Unexpected token '<', "<html>" is not valid JSON.` +
          ' Take it with as: "text" to see it.',
        retryable: false,
        code: 'INVALID_JSON',
      }),
  ))

test('a refused connection is retryable', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  assert.equal(plain(await errorOf({ url: `http://127.0.0.1:${port}/x` })), {
    type: 'network',
    message: `GET http://127.0.0.1:${port}/x: nothing accepts connections there; is the server running? (ECONNREFUSED).`,
    retryable: true,
    code: 'ECONNREFUSED',
  })
})

test('a connection closed without an answer is retryable', () =>
  withServer(
    (request) => request.socket.end(),
    async (origin) =>
      assert.equal(plain(await errorOf({ url: origin })), {
        type: 'network',
        message: `GET ${origin}/: the other side closed the connection before its answer was complete (UND_ERR_SOCKET).`,
        retryable: true,
        code: 'UND_ERR_SOCKET',
      }),
  ))

test('an answer that breaks off is retryable', () =>
  withServer(
    (_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half', () => response.destroy())
    },
    async (origin) => {
      const error = await errorOf({ url: origin })
      assert.is(error.type, 'network')
      assert.is(error.retryable, true)
    },
  ))

test('what does not speak HTTP is a network error and not retryable', async () => {
  const server = createTcpServer((socket) => socket.resume().end('SSH-2.0-OpenSSH_9.0\r\n'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const error = await errorOf({ url: origin })
  await new Promise((resolve) => server.close(resolve))
  assert.equal(plain(error), {
    type: 'network',
    message: `GET ${origin}/: what answers there does not speak HTTP (UND_ERR_HTTP_PARSER).`,
    retryable: false,
    code: 'UND_ERR_HTTP_PARSER',
  })
})

const urls: readonly (readonly [string, string])[] = [
  ['data.json', 'url: "data.json" is not a URL. Write it whole, such as "https://example.com/data.json".'],
  ['//example.com', 'url: "//example.com" is not a URL. Write it whole, such as "https://example.com/data.json".'],
  ['http://[fe80::1%25eth0]/', 'url: "http://[fe80::1%25eth0]/" is not a URL. Write it whole, such as "https://example.com/data.json".'],
  ['file:///etc/passwd', 'url: file:///etc/passwd cannot be requested: only http: and https: URLs can.'],
  ['ftp://example.com/x', 'url: ftp://example.com/x cannot be requested: only http: and https: URLs can.'],
  [
    'http://me:secret@example.com/',
    'url: a URL with a user name or a password would show them. Send them in the authorization header, from a $secret.',
  ],
]
for (const [url, message] of urls)
  test(`${url} is refused`, async () => {
    assert.equal(await errorOf({ url }), { type: 'invalid-params', message, retryable: false, at: ['url'] })
  })

test('a header that cannot be sent is refused', () =>
  withServer(
    (_request, response) => response.end(),
    async (origin) => {
      const rows = [
        [{ 'x\ny': '1' }, 'invalid header key'],
        [{ x: '1\r\nhost: evil' }, 'invalid x header'],
        [{ 'Transfer-Encoding': 'chunked' }, 'invalid transfer-encoding header'],
        [{ expect: '100-continue' }, 'expect header not supported'],
      ] as const
      for (const [headers, reason] of rows) {
        const error = await errorOf({ url: origin, headers })
        assert.equal(error.type === 'invalid-params' && error.at, ['headers'])
        assert.is(
          error.message,
          `headers: they cannot be sent: ${reason}. Names are tokens such as "accept", values are single lines of Latin text.`,
        )
      }
    },
  ))

test('an abort ends a request that waits for its answer', () =>
  withServer(
    () => undefined,
    async (origin) => {
      const controller = new AbortController()
      const end = attempt({ url: origin }, localRequest(), controller.signal)
      controller.abort(new Error('enough'))
      const ended = await end
      assert.is(ended._tag === 'Left' && ended.left.message, 'Error: enough')
    },
  ))

test('an abort ends a request that reads its answer', () =>
  withServer(
    (_request, response) => {
      response.write('half')
      setTimeout(() => controller.abort(new Error('enough')), 20)
    },
    async (origin) => {
      const ended = await attempt({ url: origin }, localRequest(), controller.signal)
      assert.is(ended._tag === 'Left' && ended.left.message, 'Error: enough')
    },
  ))
const controller = new AbortController()

test('a request that is aborted already is not sent', async () => {
  let requests = 0
  await withServer(
    (_request, response) => {
      requests += 1
      response.end()
    },
    async (origin) => {
      const ended = await attempt({ url: origin }, localRequest(), AbortSignal.abort(new Error('enough')))
      assert.is(ended._tag === 'Left' && ended.left.message, 'Error: enough')
    },
  )
  assert.is(requests, 0)
})

test.run()

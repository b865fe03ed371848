import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { notYetKnown } from '../../../src/model/effects.js'
import { operationRegistry } from '../../../src/model/operationType.js'
import { httpOperations } from '../../../src/operations/http/httpOperations.js'
import { echo, echoOf, localRequest, resultOf, withServer } from './httpAttempt.js'

const test = suite('http request')

test('gives status, headers, body and size of the answer', () =>
  withServer(
    (_request, response) => {
      response.setHeader('set-cookie', ['a=1', 'b=2'])
      response.setHeader('X-Rate', '9')
      response.writeHead(201, { 'content-type': 'text/plain' }).end('grüß')
    },
    async (origin) => {
      const { url, status, headers, body, bytes } = await resultOf({ url: `${origin}/hello#part` })
      assert.equal({ url, status, body, bytes }, { url: `${origin}/hello`, status: 201, body: 'grüß', bytes: 6 })
      assert.is(headers['x-rate'], '9')
      assert.equal(headers['set-cookie'], ['a=1', 'b=2'])
    },
  ))

test('sends GET by default, with headers of its own', () =>
  withServer(echo, async (origin) => {
    const { method, url, headers, body } = await echoOf({ url: origin })
    assert.equal({ method, url, body }, { method: 'GET', url: '/', body: '' })
    assert.is(headers['user-agent'], 'millrace')
    assert.is(headers['accept'], '*/*')
    assert.is(headers['content-type'], undefined)
  }))

test('hands on the trace of its process, and nothing that is none', () =>
  withServer(echo, async (origin) => {
    const before = process.env['TRACEPARENT']
    const sent = async (traceparent: string, headers: object = {}): Promise<unknown> => {
      process.env['TRACEPARENT'] = traceparent
      return (await echoOf({ url: origin, headers })).headers['traceparent']
    }
    try {
      const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
      assert.is(await sent(trace), trace)
      assert.is(await sent(trace, { TraceParent: 'own' }), 'own')
      for (const none of ['', 'x', `${trace.slice(0, -3)}\n`, trace.replace(/[1-9a-f]/g, '0'), `ff${trace.slice(2)}`])
        assert.is(await sent(none), undefined)
    } finally {
      if (before === undefined) delete process.env['TRACEPARENT']
      else process.env['TRACEPARENT'] = before
    }
  }))

test('sends a JSON body by POST, with its content-type', () =>
  withServer(echo, async (origin) => {
    const { method, headers, body } = await echoOf({ url: origin, body: { a: [1, null] } })
    assert.equal({ method, body }, { method: 'POST', body: '{"a":[1,null]}' })
    assert.is(headers['content-type'], 'application/json')
  }))

test('sends a text body as it is', () =>
  withServer(echo, async (origin) => {
    const { method, headers, body } = await echoOf({ url: origin, method: 'PUT', body: '{"not": parsed' })
    assert.equal({ method, body }, { method: 'PUT', body: '{"not": parsed' })
    assert.is(headers['content-type'], 'text/plain;charset=UTF-8')
  }))

test('sends the headers given, in place of its own', () =>
  withServer(echo, async (origin) => {
    const given = { 'User-Agent': 'me', 'Content-Type': 'application/vnd.x+json', 'X-Two': 'é' }
    const { headers } = await echoOf({ url: origin, headers: given, body: {} })
    assert.is(headers['user-agent'], 'me')
    assert.is(headers['content-type'], 'application/vnd.x+json')
    assert.is(headers['x-two'], 'é')
  }))

test('adds the query to that of the URL, escaped', () =>
  withServer(echo, async (origin) => {
    const { url } = await echoOf({ url: `${origin}/find?a=1`, query: { q: 'x & y', page: 2, all: true } })
    assert.is(url, '/find?a=1&q=x+%26+y&page=2&all=true')
  }))

for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
  test(`sends ${method}`, () => withServer(echo, async (origin) => assert.is((await echoOf({ url: origin, method })).method, method)))

test('sends HEAD, whose answer has no body whatever its headers say', () =>
  withServer(
    (_request, response) =>
      response.writeHead(200, { 'content-length': '99', 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(),
    async (origin) => {
      const { body, bytes, headers } = await resultOf({ url: origin, method: 'HEAD' })
      assert.equal({ body, bytes, length: headers['content-length'] }, { body: null, bytes: 0, length: '99' })
    },
  ))

test('takes 204 without a body', () =>
  withServer(
    (_request, response) => response.writeHead(204).end(),
    async (origin) => assert.is((await resultOf({ url: origin, method: 'DELETE' })).body, ''),
  ))

test('takes a status it was told to expect', () =>
  withServer(
    (_request, response) => response.writeHead(404).end(),
    async (origin) => {
      assert.is((await resultOf({ url: origin, expectStatus: 404 })).status, 404)
      assert.is((await resultOf({ url: origin, expectStatus: [200, 404] })).status, 404)
    },
  ))

for (const [encoding, bytes] of [
  ['gzip', gzipSync('plain text')],
  ['deflate', deflateSync('plain text')],
  ['br', brotliCompressSync('plain text')],
] as const)
  test(`decompresses ${encoding}`, () =>
    withServer(
      (_request, response) => response.writeHead(200, { 'content-encoding': encoding, 'content-type': 'text/plain' }).end(bytes),
      async (origin) => {
        const { body, bytes: size } = await resultOf({ url: origin })
        assert.equal({ body, size }, { body: 'plain text', size: 10 })
      },
    ))

test('gives the body as it is asked for', () =>
  withServer(
    (_request, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('[1]'),
    async (origin) => {
      assert.is((await resultOf({ url: origin })).body, '[1]')
      assert.equal((await resultOf({ url: origin, as: 'json' })).body, [1])
      assert.is((await resultOf({ url: origin, as: 'base64' })).body, 'WzFd')
    },
  ))

test('uses connections again', async () => {
  const ports = new Set<number | undefined>()
  await withServer(
    (request, response) => {
      ports.add(request.socket.remotePort)
      response.end('ok')
    },
    async (origin) => {
      const type = localRequest()
      for (let n = 0; n < 5; n++) await resultOf({ url: origin }, type)
    },
  )
  // Two, as the second request may come while the first connection is still being handed back.
  assert.ok(ports.size <= 2, `${ports.size} connections for 5 requests`)
})

test('ignores proxies in the environment', () =>
  withServer(echo, async (origin) => {
    const before = process.env['http_proxy']
    process.env['http_proxy'] = 'http://127.0.0.1:9'
    try {
      assert.is((await echoOf({ url: origin })).method, 'GET')
    } finally {
      if (before === undefined) delete process.env['http_proxy']
      else process.env['http_proxy'] = before
    }
  }))

test('is read-only for GET and HEAD, as far as that is known before the run', () => {
  const { readOnly } = localRequest()
  const url = 'http://x.test'
  const rows = [
    [{ url }, true],
    [{ url, method: 'GET' }, true],
    [{ url, method: 'HEAD' }, true],
    [{ url: notYetKnown }, true],
    [{ url, body: {} }, false],
    [{ url, body: notYetKnown }, false],
    [{ url, method: 'POST' }, false],
    [{ url, method: notYetKnown }, false],
  ] as const
  for (const [params, expected] of rows) assert.is(readOnly?.(params), expected, String(expected))
})

test('declares no effects: requests are unordered', () => {
  assert.equal(localRequest().effects({ url: 'http://x.test' }), {})
})

test('fits into a registry: its codecs carry their JSON Schema', () => {
  assert.equal([...operationRegistry(httpOperations()).keys()], ['http.request'])
})

test.run()

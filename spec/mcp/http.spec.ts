import { request } from 'node:http'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { toolHost } from '../../src/mcp/host.js'
import { serveOnHttp } from '../../src/mcp/serve/http.js'
import { protocolServer } from '../../src/mcp/serve/server.js'
import { untilGone } from '../support/untilGone.js'
import { inRoot, isAlive } from './inRoot.js'
import { pidIn, sleeper } from './matrix.js'
import { rawServer } from './rawServer.js'

const test = suite('http')

const token = 'a token of this spec'
const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'spec', version: '1' } },
}

interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** A request with any header, which `fetch` would not send. */
function post(url: string, headers: Readonly<Record<string, string>>, body: object, signal?: AbortSignal): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
        ...(signal && { signal }),
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part: string) => (text += part))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
        response.on('error', reject)
      },
    )
    sent.on('error', reject)
    sent.end(JSON.stringify(body))
  })
}

const serving = (body: (url: string, root: string) => Promise<void>) => () =>
  inRoot({}, async (root) => {
    const host = toolHost({ root, allowPrograms: ['node'] })
    const served = await serveOnHttp(host, { makeServer: () => protocolServer(host, '0'), port: 0, token, log: () => undefined })
    try {
      await body(served.url, root)
    } finally {
      await served.close()
    }
  })
const authorization = `Bearer ${token}`

test(
  'without the token nothing is served',
  serving(async (url) => {
    for (const headers of [{}, { authorization: 'Bearer another' }, { authorization: token }]) {
      const { status, body } = await post(url, headers, initialize)
      assert.is(status, 401)
      assert.match(body, 'The request has no valid token')
    }
  }),
)

test(
  'a page of another origin, and a host name that was bound to this machine, are turned away',
  serving(async (url) => {
    assert.is((await post(url, { authorization, origin: 'https://example.com' }, initialize)).status, 403)
    assert.is((await post(url, { authorization, origin: 'null' }, initialize)).status, 403)
    assert.is((await post(url, { authorization, host: 'example.com' }, initialize)).status, 403)
    assert.is((await post(url, { authorization, origin: 'http://localhost:3000' }, initialize)).status, 200)
  }),
)

test(
  'another path, and a session that is not known, are not found',
  serving(async (url) => {
    assert.is((await post(`${url}/more`, { authorization }, initialize)).status, 404)
    const gone = await post(url, { authorization, 'mcp-session-id': 'none' }, { jsonrpc: '2.0', id: 2, method: 'tools/list' })
    assert.is(gone.status, 404)
    assert.match(gone.body, 'Session not found')
  }),
)

test(
  'the name of the scheme is taken in any case',
  serving(async (url) => {
    for (const scheme of ['bearer', 'BEARER']) assert.is((await post(url, { authorization: `${scheme} ${token}` }, initialize)).status, 200)
  }),
)

test(
  'a page of an allowed origin gets its preflight, and may read the answers; another does not',
  serving(async (url) => {
    const origin = 'http://localhost:3000'
    const asked = await fetch(url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })
    assert.is(asked.status, 204)
    assert.is(asked.headers.get('access-control-allow-origin'), origin)
    assert.match(asked.headers.get('access-control-allow-headers') ?? '', 'mcp-session-id')
    const opened = await post(url, { authorization, origin }, initialize)
    assert.is(opened.headers['access-control-allow-origin'], origin)
    assert.match(String(opened.headers['access-control-expose-headers']), 'mcp-session-id')
    assert.is((await fetch(url, { method: 'OPTIONS', headers: { origin: 'https://example.com' } })).status, 403)
  }),
)

test(
  'a client that still sends the id of a session that is gone may open a new one',
  serving(async (url) => {
    const opened = await post(
      url,
      { authorization, 'mcp-session-id': 'gone', 'content-length': String(JSON.stringify(initialize).length) },
      initialize,
    )
    assert.is(opened.status, 200)
    assert.not.equal(opened.headers['mcp-session-id'], 'gone')
  }),
)

test(
  'a client that goes away in the midst of a call stops what runs for it',
  serving(async (url, root) => {
    const opened = await post(url, { authorization }, initialize)
    const session = String(opened.headers['mcp-session-id'])
    const leave = new AbortController()
    const call = { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'batch_execute', arguments: { operations: [sleeper] } } }
    const left = post(url, { authorization, 'mcp-session-id': session, 'mcp-protocol-version': '2025-11-25' }, call, leave.signal)
    left.catch(() => undefined)
    const pid = await pidIn(root)
    assert.ok(isAlive(pid))
    leave.abort()
    assert.ok(await untilGone(pid))
  }),
)

test('on the command line the token of the environment holds, and is not told', () =>
  inRoot({}, async (root) => {
    const server = rawServer(['--root', root, '--http', '0'], { MILLRACE_TOKEN: token })
    const url = await new Promise<string>((resolve) => {
      server.child.stderr.on('data', () => {
        const found = /serving on (\S+)\s/.exec(server.stderr())?.[1]
        if (found !== undefined) resolve(found)
      })
    })
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/mcp$/)
    assert.is((await post(url, { authorization }, initialize)).status, 200)
    assert.not.match(server.stderr(), token)
    server.child.kill('SIGTERM')
    assert.is(await server.ended, 143)
    assert.is(server.stdout(), '')
  }))

test.run()

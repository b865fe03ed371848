import { readdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readAboutRun } from '../../src/journal/aboutRun.js'
import { suspendedCalls } from '../../src/mcp/asking/suspendedCalls.js'
import type { ServedCall } from '../../src/mcp/call.js'
import { inRoot, node } from './inRoot.js'
import { factsIn, openedServer, type RawServer } from './rawServer.js'

const test = suite('the trace of a call')

const fake = fileURLToPath(new URL('../../../spec/operations/tool/fakeServer.mjs', import.meta.url))

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const otherTrace = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00'

/** What a program, an HTTP server and a downstream server were given in a batch whose call had this `_meta`, and what its log knows. */
interface Handed {
  readonly program: unknown
  readonly http: unknown
  readonly tool: unknown
  readonly kept: unknown
}

const withServer = (env: Readonly<Record<string, string>>, body: (handed: (meta?: object) => Promise<Handed>) => Promise<void>) => () =>
  inRoot({}, async (root) => {
    const echo = createServer(({ headers }, answer) => {
      answer.setHeader('content-type', 'application/json')
      answer.end(JSON.stringify(both(headers['traceparent'], headers['tracestate'])))
    })
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
    const host = `127.0.0.1:${(echo.address() as AddressInfo).port}`
    const config = join(root, 'config.json')
    await writeFile(config, JSON.stringify({ mcpServers: { fake: { command: process.execPath, args: [fake] } } }))
    const args = ['--root', root, '--allow-program', 'node', '--allow-address', host, '--config', config]
    const server = await openedServer(args, env)
    try {
      await body((meta) => handedOn(server, root, host, meta))
    } finally {
      await server.end()
      echo.close()
    }
  })

async function handedOn(server: RawServer, root: string, host: string, meta: object | undefined): Promise<Handed> {
  const code = 'const { TRACEPARENT, TRACESTATE } = process.env; console.log(JSON.stringify([TRACEPARENT, TRACESTATE]))'
  const operations = [
    node('program', code),
    { id: 'http', type: 'http.request', params: { url: `http://${host}/` } },
    { id: 'tool', type: 'tool', operation: 'fake.meta', params: {} },
  ]
  const runs = join(root, '.millrace/runs')
  const before = new Set(await readdir(runs).catch(() => []))
  const answer = factsIn(await server.call('batch_execute', { operations, as: 'json' }, meta))
  assert.is(answer['status'], 'succeeded', JSON.stringify(answer))
  const [program, http, tool] = answer['operations'] as readonly [
    { readonly value: { readonly stdout: string } },
    { readonly value: { readonly body: unknown } },
    { readonly value: unknown },
  ]
  const [run = ''] = (await readdir(runs)).filter((name) => !before.has(name))
  const [inProgram, stateInProgram] = JSON.parse(program.value.stdout) as readonly (string | null)[]
  const kept = readAboutRun(join(runs, run))
  assert.ok(kept, run)
  return { program: both(inProgram, stateInProgram), http: http.value.body, tool: tool.value, kept: kept.traceparent ?? 'none' }
}

function both(parent: unknown, state: unknown): { readonly traceparent: unknown; readonly tracestate: unknown } {
  return { traceparent: parent ?? 'none', tracestate: state ?? 'none' }
}

/** All of them the same. */
function allWith(parent: string | undefined, state?: string): Handed {
  const expected = both(parent, state)
  return { program: expected, http: expected, tool: expected, kept: parent ?? 'none' }
}

test(
  'goes out to programs, HTTP requests and downstream servers, and stays in the log; one that is none does not',
  withServer({ TRACEPARENT: '', TRACESTATE: '' }, async (handed) => {
    assert.equal(await handed({ traceparent }), allWith(traceparent))
    assert.equal(await handed({ traceparent, tracestate: 'vendor=1,other=2' }), allWith(traceparent, 'vendor=1,other=2'))
    const nothing = { ...allWith(undefined), program: both('', '') }
    assert.equal(await handed(), nothing)
    for (const none of ['', 7, null, `${traceparent}\n-x`, traceparent.toUpperCase(), `${traceparent}-more`, traceparent.slice(0, -1)])
      assert.equal(await handed({ traceparent: none, tracestate: 'vendor=1' }), nothing, String(none))
  }),
)

test(
  'takes the place of the trace that the server is part of',
  withServer({ TRACEPARENT: otherTrace, TRACESTATE: 'of=other' }, async (handed) => {
    assert.equal(await handed({ traceparent }), allWith(traceparent))
    assert.equal(await handed({ traceparent: 'x' }), allWith(otherTrace, 'of=other'))
    assert.equal(await handed(), allWith(otherTrace, 'of=other'))
  }),
)

test('stays that of the first request, where the answer to a question comes with a later one', async () => {
  const calls = suspendedCalls()
  const { signal } = new AbortController()
  const perform = async ({ ask, trace }: ServedCall) => {
    await ask!({ message: 'Go on?', wants: 'consent' })
    return { content: [{ type: 'text' as const, text: trace?.traceparent ?? 'none' }], structuredContent: {} }
  }
  const asked = await calls.begin(perform, { signal, trace: { traceparent } })
  assert.ok(asked.type === 'asks')
  const ended = await calls.goOn(asked.handle, { type: 'accepted', text: '' }, { signal, trace: { traceparent: otherTrace } })
  assert.is(ended?.type === 'answered' && ended.answer.content[0]?.text, traceparent)
})

test.run()

import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ClientReply } from '../../src/mcp/call.js'
import { toolHost, type HostOptions } from '../../src/mcp/host.js'
import { serveOnHttp } from '../../src/mcp/serve/http.js'
import { protocolServer } from '../../src/mcp/serve/server.js'
import { batchCancel } from '../../src/mcp/tools/batchCancel.js'
import { batchExecute } from '../../src/mcp/tools/batchExecute.js'
import { batchStatus } from '../../src/mcp/tools/batchStatus.js'
import { askedClients, type AskedClient, type Person } from './askedClients.js'
import { withHost } from './inRoot.js'

const fake = fileURLToPath(new URL('../../../spec/operations/agent/fakeAgent.mjs', import.meta.url))
const agents: HostOptions['agents'] = { coder: { runner: { command: [process.execPath, fake] } } }

const task = (id: string): object => ({ id, type: 'agent.run', params: { agent: 'coder', task: JSON.stringify({ how: 'asksFirst' }) } })
const main = { action: 'accept', content: { answer: 'main' } } as const

for (const [who, connect] of Object.entries(askedClients)) {
  const test = suite(`what agents ask: ${who}`)
  let root = ''
  let client: AskedClient
  let person: Person
  let close: () => Promise<void>

  test.before(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'millrace-asks-')))
    const host = toolHost({ root, agents })
    const served = await serveOnHttp(host, { makeServer: () => protocolServer(host, '0'), port: 0, token: 't', log: () => undefined })
    client = await connect({ type: 'http', url: served.url, token: 't' }, (message, signal) => person(message, signal))
    close = served.close
  })
  test.after(async () => {
    await client.close()
    await close()
    await rm(root, { recursive: true, force: true, maxRetries: 10 })
  })

  test('the user answers within the call, and the agent goes on', async () => {
    const questions: string[] = []
    person = async (message) => (questions.push(message), main)
    const { text } = await client.call({ operations: [task('a'), task('b')] })
    assert.is(text, '2 of 2 succeeded\na {"text":"on main"}\nb {"text":"on main"}')
    assert.equal(questions, ['coder asks: Which branch?', 'coder asks: Which branch?'])
  })

  test('who declines leaves the task needing input, with what was said until then', async () => {
    person = async () => ({ action: 'decline' })
    const { text } = await client.call({ operations: [task('a')] })
    assert.match(text, /^1 of 1 failed; batch b-/)
    assert.match(text, 'a failed: The agent "coder" needs an answer before it can continue: Which branch?')
    assert.match(text, '\na.conversation [{"by":"agent","text":"Which branch?"}]')
  })

  test.run()
}

const test = suite('what agents ask')

test('where nobody can be asked the answer has the conversation, with which the task goes on', () =>
  withHost({ agents }, async (host) => {
    const { content } = await batchExecute.perform({ operations: [task('a')] }, host, {})
    const [, batchId] = /batch (b-[\w-]+)/.exec(content[0]!.text) ?? []
    const [, told] = /^a\.conversation (.*)$/m.exec(content[0]!.text) ?? []
    const piece = await batchStatus.perform({ batchId, operations: ['a.conversation'] }, host, {})
    assert.is(piece.content[0]!.text, `a.conversation ${told}`)
    const conversation = [...(JSON.parse(told ?? '') as object[]), { by: 'asker', text: 'main' }]
    const again = { type: 'agent.run', params: { agent: 'coder', task: JSON.stringify({ how: 'asksFirst' }), conversation } }
    assert.is((await batchExecute.perform({ operations: [again] }, host, {})).content[0]!.text, '1 of 1 succeeded\nop1 {"text":"on main"}')
  }))

test('an agent of a swarm asks as well', () =>
  withHost({ agents }, async (host) => {
    const ask = async (): Promise<ClientReply> => ({ type: 'accepted', text: 'main' })
    const operations = [
      { type: 'swarm.init', params: { topology: 'star' } },
      { type: 'swarm.spawn', params: { type: 'coder' } },
      { id: 'asked', type: 'swarm.assign', params: { task: JSON.stringify({ how: 'asksFirst' }) } },
    ]
    const { content } = await batchExecute.perform({ operations, returns: ['asked'] }, host, { ask })
    assert.match(content[0]!.text, /^3 of 3 succeeded\nasked \{.*"on main"/)
  }))

test('a batch that was left running says what is asked; whoever waits for it next is asked, once', () =>
  withHost({ agents }, async (host) => {
    const never = new Promise<ClientReply>(() => undefined)
    const gone = new AbortController()
    let put = 0
    const first = batchExecute.perform({ operations: [task('a')], waitMs: 0 }, host, { ask: () => (put++, never), signal: gone.signal })
    const [, batchId] = /"batchId":"(b-[\w-]+)"/.exec((await first).content[0]!.text) ?? []
    // Who cannot ask is told what is asked.
    for (;;) {
      const { content } = await batchStatus.perform({ batchId, waitMs: 20 }, host, {})
      if (content[0]!.text.includes('\na: coder asks "Which branch?"\n')) break
      await delay(5)
    }
    // A caller that goes away while its user is asked has not answered.
    const leaving = new AbortController()
    const left = batchStatus.perform({ batchId, waitMs: 60_000 }, host, {
      signal: leaving.signal,
      ask: () => {
        put++
        return new Promise((resolve) => leaving.signal.addEventListener('abort', () => resolve({ type: 'unanswered', reason: 'gone' })))
      },
    })
    while (put < 1) await delay(5)
    leaving.abort()
    assert.match((await left).content[0]!.text, 'asks "Which branch?"')
    const ask = async (): Promise<ClientReply> => (put++, { type: 'accepted', text: 'main' })
    const ends = await Promise.all([0, 1].map(() => batchStatus.perform({ batchId, waitMs: 60_000 }, host, { ask })))
    for (const { content } of ends) assert.is(content[0]!.text, '1 of 1 succeeded\na {"text":"on main"}')
    assert.is(put, 2)
  }))

test('a batch that is cancelled while its agent waits takes the question back', () =>
  withHost({ agents }, async (host) => {
    let takenBack = false
    let asked: () => void = () => undefined
    const isAsked = new Promise<void>((done) => (asked = done))
    const ask = (_question: unknown, signal?: AbortSignal): Promise<ClientReply> =>
      new Promise((resolve) => {
        asked()
        signal?.addEventListener('abort', () => ((takenBack = true), resolve({ type: 'unanswered', reason: 'no longer needed' })))
      })
    const left = await batchExecute.perform({ operations: [task('a')], waitMs: 0 }, host, { ask })
    const [, batchId] = /"batchId":"(b-[\w-]+)"/.exec(left.content[0]!.text) ?? []
    const waited = batchStatus.perform({ batchId, waitMs: 60_000 }, host, { ask })
    await isAsked
    await batchCancel.perform({ batchId }, host, {})
    assert.ok(takenBack)
    assert.match((await waited).content[0]!.text, '1 of 1 cancelled')
  }))

test.run()

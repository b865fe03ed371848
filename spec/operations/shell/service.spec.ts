import { existsSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { lastValueFrom, tap, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch, type BatchEvent, type OperationError, type RunOptions } from '../../../src/index.js'
import { standardOperations } from '../../../src/node.js'
import { freePort } from '../../support/freePort.js'
import { inFolder, node, noneLeft } from './shellAttempt.js'

const test = suite('shell run as a service')

// Nothing here is decided by time: a machine that is slow makes these specs slow.
const longMs = 120_000

interface Done {
  readonly events: readonly BatchEvent[]
  readonly value: (id: string) => unknown
  readonly error: (id: string) => OperationError
  readonly outcome: (id: string) => string
  readonly output: (id: string) => string
}

async function done(
  root: string,
  operations: readonly object[],
  options: RunOptions & { readonly hear?: (event: BatchEvent) => void } = {},
): Promise<Done> {
  const { hear = () => undefined, ...rest } = options
  const run = runBatch(
    operations.map((operation) => ({ type: 'shell.run', ...operation })),
    { operations: standardOperations({ root }), ...rest },
  )
  const events = await lastValueFrom(run.pipe(tap(hear), toArray()))
  const end = (id: string): BatchEvent => {
    const found = events.find(
      (event) => 'id' in event && event.id === id && /operation-(succeeded|failed|skipped|cancelled)/.test(event.type),
    )
    if (found === undefined) throw new Error(`${id} has not ended.`)
    return found
  }
  return {
    events,
    value(id) {
      const event = end(id)
      return event.type === 'operation-succeeded' ? event.value : event
    },
    error(id) {
      const event = end(id)
      if (event.type !== 'operation-failed') throw new Error(`${id}: ${event.type}`)
      return event.error
    },
    outcome: (id) => end(id).type.replace('operation-', ''),
    output: (id) => events.map((event) => (event.type === 'operation-output' && event.id === id ? event.text : '')).join(''),
  }
}

const service = (ready: object, script: string, more: object = {}): object => ({
  id: 'server',
  service: true,
  ready: { timeoutMs: longMs, ...ready },
  params: { command: node(script) },
  ...more,
})
const ask = `fetch(process.argv[1]).then(async (answer) => console.log(await answer.text()))`
const answering = `require('node:http').createServer((_, response) => response.end('hello'))`

test('is ready with a line, which may come in pieces, and gives it and the address in it', () =>
  inFolder(async (root) => {
    const script = `
      const server = ${answering}.listen(0, () => {
        process.stderr.write('\\u001b[32mServing at ')
        setTimeout(() => process.stderr.write('http://127.0.0.1:' + server.address().port + '/.\\u001b[39m\\n'), 50)
      })`
    const { value, outcome } = await done(root, [
      service({ line: 'Serving' }, script),
      { id: 'ask', params: { command: [...node(ask), { $ref: 'server.url' }] } },
    ])
    const { line, url, port } = value('server') as Readonly<Record<string, unknown>>
    assert.is(line, `Serving at http://127.0.0.1:${String(port)}/.`)
    assert.is(url, `http://127.0.0.1:${String(port)}/`)
    assert.is((value('ask') as { readonly stdout: string }).stdout, 'hello')
    assert.is(outcome('server'), 'succeeded')
  }))

test('is ready with a port, however late it opens, and ends by TERM', () =>
  inFolder(async (root) => {
    const port = await freePort()
    const script = `process.on('SIGTERM', () => { console.log('bye'); process.exit(3) }); setTimeout(() => ${answering}.listen(${port}), 300)`
    const { value, output } = await done(root, [
      service({ port }, script),
      { id: 'ask', dependencies: ['server'], params: { command: node(ask, `http://localhost:${port}`) } },
    ])
    assert.equal(value('server'), { port })
    assert.is((value('ask') as { readonly stdout: string }).stdout, 'hello')
    assert.match(output('server'), 'bye')
  }))

test('is ready with an address only once its answer is none of an error', () =>
  inFolder(async (root) => {
    const port = await freePort()
    const script = `
      let asked = 0
      require('node:http').createServer((_, response) => {
        response.statusCode = ++asked < 3 ? 500 : 302
        response.end()
        console.log('answered ' + response.statusCode)
      }).listen(${port}, '127.0.0.1')`
    const url = `http://localhost:${port}/health`
    const { value, events } = await done(root, [
      service({ url }, script),
      { id: 'after', dependencies: ['server'], params: { command: node('') } },
    ])
    assert.equal(value('server'), { url, port })
    const ready = events.findIndex((event) => event.type === 'operation-emitted' && event.name === 'ready')
    const said = events.slice(
      0,
      events.findIndex((event) => event.type === 'operation-ready' && event.id === 'after'),
    )
    assert.ok(ready > 0 && ready < said.length)
  }))

test('fails with its limit when it is never ready, and is stopped', () =>
  inFolder(async (root) => {
    const pids: number[] = []
    const { error, outcome } = await done(
      root,
      [
        service({ line: 'listening', timeoutMs: 200 }, `console.log('starting'); setInterval(() => {}, 1000)`),
        { id: 'after', dependencies: ['server'], params: { command: node('') } },
      ],
      { hear: (event) => void (event.type === 'process-started' && pids.push(event.pid)) },
    )
    const { type, message, retryable } = error('server')
    assert.is(type, 'timeout')
    assert.ok(retryable)
    assert.match(message, 'was not ready within 200 ms: it ended no line with "listening" in it. It was stopped. Raise ready.timeoutMs')
    assert.is(outcome('after'), 'skipped')
    await noneLeft(pids)
  }))

test('fails when it ends before it is ready, and is tried again', () =>
  inFolder(async (root) => {
    const script = `
      const fs = require('node:fs')
      if (!fs.existsSync('tried')) { fs.writeFileSync('tried', ''); process.exit(0) }
      console.log('up'); setInterval(() => {}, 1000)`
    const after = { id: 'after', dependencies: ['server'], params: { command: node('') } }
    const once = await done(root, [service({ line: 'up' }, 'process.exit(0)'), after])
    const error = once.error('server')
    assert.is(error.type, 'exit-code')
    assert.match(error.message, 'exited with code 0 before it was ready. It wrote nothing.')
    assert.is(once.outcome('after'), 'skipped')
    const twice = await done(root, [service({ line: 'up' }, script, { retry: { attempts: 2, delayMs: 0 } }), after])
    assert.is(twice.outcome('after'), 'succeeded')
  }))

test('fails when it ends while others need it, and stops them', () =>
  inFolder(async (root) => {
    const pids = new Map<string, number>()
    // It watches before it is ready.
    const server = `require('node:fs').watch('.', () => process.exit(1)); console.log('up'); setInterval(() => {}, 1000)`
    const client = `require('node:fs').writeFileSync('end', ''); setInterval(() => {}, 1000)`
    const { error, outcome, events } = await done(
      root,
      [
        service({ line: 'up' }, server),
        { id: 'client', dependencies: ['server'], params: { command: node(client) } },
        { id: 'after', dependencies: ['client'], params: { command: node('') } },
      ],
      { hear: (event) => void (event.type === 'process-started' && pids.set(event.id, event.pid)) },
    )
    assert.is(error('server').type, 'exit-code')
    assert.match(error('server').message, 'exited with code 1 while operations that depend on it had not ended.')
    assert.is(outcome('client'), 'cancelled')
    assert.is(outcome('after'), 'skipped')
    await noneLeft([pids.get('client')!])
    const { summary } = events.at(-1) as Extract<BatchEvent, { readonly type: 'run-finished' }>
    assert.equal(
      summary.rootCauses.map(({ id }) => id),
      ['server'],
    )
  }))

test('ends when all that need it have been skipped', () =>
  inFolder(async (root) => {
    const { outcome } = await done(root, [
      service({ line: 'up' }, `console.log('up'); setInterval(() => {}, 1000)`),
      { id: 'bad', params: { command: node('process.exit(1)') } },
      { id: 'after', dependencies: ['server', 'bad'], params: { command: node('') } },
    ])
    assert.is(outcome('after'), 'skipped')
    assert.is(outcome('server'), 'succeeded')
  }))

test('leaves none of its children behind, also none that ignore TERM', () =>
  inFolder(async (root) => {
    const child = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up ' + process.pid)`
    const script = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: ['ignore', 'inherit', 'inherit'] }); setInterval(() => {}, 1000)`
    const { value, outcome } = await done(root, [
      service({ line: 'up' }, script),
      { id: 'after', params: { command: [...node('console.log(process.argv[1])'), { $ref: 'server.line' }] } },
    ])
    const pid = Number(/up (\d+)/.exec((value('after') as { readonly stdout: string }).stdout)?.[1])
    assert.is(outcome('server'), 'succeeded')
    await noneLeft([pid])
  }))

test('is not started where another process has its port', () =>
  inFolder(async (root) => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as AddressInfo
    for (const ready of [{ port }, { url: `http://localhost:${port}/` }]) {
      const { error, outcome } = await done(root, [
        service(ready, `require('node:fs').writeFileSync('started', '')`),
        { id: 'after', dependencies: ['server'], params: { command: node('') } },
      ])
      const { type, message } = error('server')
      assert.is(type, 'system')
      assert.match(message, `another process already listens on port ${port}`)
      assert.is(outcome('after'), 'skipped')
      assert.not(existsSync(join(root, 'started')))
    }
    other.close()
  }))

test('is stopped with its run', () =>
  inFolder(async (root) => {
    const controller = new AbortController()
    const pids: number[] = []
    const { outcome } = await done(
      root,
      [
        service({ line: 'up' }, `console.log('up'); setInterval(() => {}, 1000)`),
        { id: 'after', dependencies: ['server'], params: { command: node('setInterval(() => {}, 1000)') } },
      ],
      {
        signal: controller.signal,
        hear(event) {
          if (event.type !== 'process-started') return
          pids.push(event.pid)
          if (event.id === 'after') controller.abort()
        },
      },
    )
    assert.is(outcome('server'), 'cancelled')
    assert.is(outcome('after'), 'cancelled')
    await noneLeft(pids)
  }))

test.run()

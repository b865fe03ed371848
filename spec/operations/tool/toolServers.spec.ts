import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { firstValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../../src/engine/runBatch.js'
import type { BatchEvent } from '../../../src/model/event.js'
import { operationRegistry } from '../../../src/model/operationType.js'
import type { ServerConfig } from '../../../src/operations/tool/serverConfig.js'
import { processStart } from '../../../src/system/processStart.js'
import { toolServers, type ToolServers } from '../../../src/operations/tool/toolServers.js'

const test = suite('tool operations')

const script = fileURLToPath(new URL('./fakeServer.mjs', import.meta.url))
const fake = (more: object = {}, ...args: readonly string[]): ServerConfig => ({
  command: process.execPath,
  args: [script, ...args],
  ...more,
})

async function withServers(
  configs: (folder: string) => Readonly<Record<string, ServerConfig>>,
  body: (servers: ToolServers, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-tool-'))
  const servers = toolServers(configs(folder))
  try {
    await body(servers, folder)
  } finally {
    await servers.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}

const tool = (id: string, operation: string, params: object = {}, more: object = {}) => ({ id, type: 'tool', operation, params, ...more })

async function run(
  servers: ToolServers,
  operations: readonly { readonly operation: string }[],
  settings: object = {},
): Promise<readonly BatchEvent[]> {
  const types = await servers.typesFor(operations.map(({ operation }) => operation))
  const plan: unknown = { operations, ...settings }
  return firstValueFrom(runBatch(plan, { operations: operationRegistry(types) }).pipe(toArray()))
}

const errors = (events: readonly BatchEvent[]): Readonly<Record<string, string>> =>
  Object.fromEntries(events.flatMap((event) => (event.type === 'operation-failed' ? [[event.id, event.error.message]] : [])))
const values = (events: readonly BatchEvent[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(events.flatMap((event) => (event.type === 'operation-succeeded' ? [[event.id, event.value]] : [])))
const starts = async (folder: string): Promise<number> =>
  (await readFile(join(folder, 'starts'), 'utf8').catch(() => '')).split('\n').length - 1

test('a server is started when one of its tools is named, once, and not before', () =>
  withServers(
    (folder) => ({ a: fake({ env: { STARTS: join(folder, 'starts') } }), b: fake() }),
    async (servers, folder) => {
      await servers.typesFor(['b.look', 'elsewhere.look'])
      assert.is(await starts(folder), 0)
      await Promise.all([run(servers, [tool('l', 'a.look')]), run(servers, [tool('l', 'a.look')])])
      await run(servers, [tool('l', 'a.look')])
      assert.is(await starts(folder), 1)
    },
  ))

test('tools of a server keep the order of the list, but for those that only read, which run at once', () =>
  withServers(
    () => ({ a: fake() }),
    async (servers) => {
      const events = await run(servers, [
        tool('slow', 'a.put', { text: '1', ms: 60 }),
        tool('quick', 'a.put', { text: '2' }),
        tool('l1', 'a.look', { ms: 10, beside: 2 }),
        // Equal reads would be one.
        tool('l2', 'a.look', { ms: 11, beside: 2 }),
        tool('last', 'a.put', { text: '3' }),
        tool('l3', 'a.look'),
      ])
      const { l1, l2, l3 } = values(events) as Readonly<Record<string, { readonly log: string; readonly running: number }>>
      assert.is(l1!.log, '1,2')
      assert.is(Math.max(l1!.running, l2!.running), 2)
      assert.is(l3!.log, '1,2,3')
    },
  ))

test('each call says which program does it, so that a run that resumes this one can end it: again when it was started again', () =>
  withServers(
    () => ({ a: fake() }),
    async (servers) => {
      const events = await run(servers, [tool('put', 'a.put', { text: '1' }), tool('gone', 'a.crash'), tool('look', 'a.look')])
      const told = events.flatMap((event) => (event.type === 'process-started' ? [event] : []))
      assert.equal(told.map(({ id, attempt }) => [id, attempt]), [['put', 1], ['gone', 1], ['look', 1]]) // prettier-ignore
      const [put, gone, look] = told
      assert.is(put?.pid, gone?.pid)
      assert.is.not(put?.pid, look?.pid)
      assert.is(look?.startedAt, processStart(look?.pid ?? 0))
    },
  ))

test('a failed call does not keep later ones of the server from running: their order is all that is known', () =>
  withServers(
    () => ({ a: fake() }),
    async (servers) => {
      const events = await run(servers, [tool('f', 'a.fail'), tool('p', 'a.put', { text: 'x' }), tool('l', 'a.look')])
      assert.equal(errors(events), { f: 'it did not work' })
      assert.equal(Object.keys(values(events)), ['p', 'l'])
    },
  ))

test('no more calls run at once than the server may have', () =>
  withServers(
    () => ({ a: fake({ concurrency: 2 }) }),
    async (servers) => {
      const looks = Array.from({ length: 6 }, (_, place) =>
        tool(`l${place}`, 'a.look', { ms: 30 + place, ...(place < 2 && { beside: 2 }) }),
      )
      const events = await run(servers, looks)
      const most = Object.values(values(events) as Readonly<Record<string, { readonly running: number }>>)
      assert.is(Math.max(...most.map(({ running }) => running)), 2)
    },
  ))

test('a server that ended is told of, and started again for the next call', () =>
  withServers(
    (folder) => ({ a: fake({ env: { STARTS: join(folder, 'starts') } }) }),
    async (servers, folder) => {
      const events = await run(servers, [tool('c', 'a.crash'), tool('p', 'a.put', { text: 'x' })])
      assert.equal(errors(events), {
        c: 'The server "a" ended (exit code 7) while "crash" was running.\nThe effect of the call is unknown. The next call restarts the server.',
      })
      assert.equal(values(events), { p: 'x' })
      assert.is(await starts(folder), 2)
    },
  ))

test('a server that cannot be started fails its operations alone, without a secret in what it said', () => {
  process.env['MILLRACE_SPEC_TOKEN'] = 'hunter2hunter2'
  return withServers(
    (folder) => ({
      a: fake({ env: { REFUSE: join(folder, 'refuse'), SECRET: { $secret: 'MILLRACE_SPEC_TOKEN' } } }),
      b: fake(),
      c: { command: 'there-is-no-such-program' },
      d: fake({ env: { TOKEN: { $secret: 'MILLRACE_SPEC_UNSET' } } }),
    }),
    async (servers, folder) => {
      await writeFile(join(folder, 'refuse'), '')
      const events = await run(servers, [tool('a', 'a.look'), tool('b', 'b.look'), tool('c', 'c.look'), tool('d', 'd.look')])
      assert.equal(errors(events), {
        a: 'The server "a" could not be started: exit code 3.\nIt said: it is refused to start; [secret]\nCorrect its entry in mcpServers.',
        c: 'The server "c" could not be started: spawn there-is-no-such-program ENOENT.\nCorrect its entry in mcpServers.',
        d: 'The server "d" could not be started: the environment variable "MILLRACE_SPEC_UNSET" is not set.\nSet it and start again.',
      })
      await rm(join(folder, 'refuse'))
      assert.equal(Object.keys(values(await run(servers, [tool('again', 'a.look')]))), ['again'])
    },
  ).finally(() => delete process.env['MILLRACE_SPEC_TOKEN'])
})

test('tools that are not allowed are not there', () =>
  withServers(
    () => ({ a: fake({ tools: ['lo*'] }) }),
    async (servers) => {
      const types = await servers.typesFor(['a.look'])
      assert.equal(
        types.map(({ operation }) => operation),
        ['a.look'],
      )
    },
  ))

test('params are checked by the schema of the tool before anything runs', () =>
  withServers(
    () => ({ a: fake() }),
    async (servers) => {
      const refused = await run(servers, [tool('p', 'a.put', { text: 5 })]).then(
        () => '',
        (error: unknown) => (error as Error).message,
      )
      assert.is(
        refused,
        'The plan has one fault:\noperations[0].params: expected params that fit the schema of "a.put" ' +
          '(#: Property "text" does not match schema.; #/text: Instance type "number" is invalid. Expected "string".) for "tool.a.put", received {"text":5}.',
      )
      const late = await run(servers, [tool('l', 'a.look'), tool('p', 'a.put', { text: { $ref: 'l' } })])
      assert.match(errors(late)['p'] ?? '', 'expected params that fit the schema of "a.put"')
    },
  ))

test('progress of a tool is progress of its operation', () =>
  withServers(
    () => ({ a: fake() }),
    async (servers) => {
      const events = await run(servers, [tool('s', 'a.steps')])
      assert.equal(
        events.flatMap((event) => (event.type === 'operation-progress' ? [[event.fraction, event.message]] : [])),
        [
          [0.25, 'step 1'],
          [0.5, 'step 2'],
        ],
      )
    },
  ))

test('a call that takes too long is cancelled at the server too', () =>
  withServers(
    () => ({ a: fake() }),
    async (servers) => {
      const events = await run(servers, [tool('w', 'a.wait', {}, { timeoutMs: 500 }), tool('l', 'a.look', { ms: 20 })])
      assert.match(errors(events)['w'] ?? '', 'took longer than 500 ms')
      assert.equal((values(events)['l'] as { readonly cancelled: number }).cancelled, 1)
    },
  ))

test('millrace itself is no server of millrace: batches are not nested', () =>
  withServers(
    () => ({ nested: fake({}, 'millrace') }),
    async (servers) => {
      const events = await run(servers, [tool('n', 'nested.batch_execute')])
      assert.equal(errors(events), {
        n: 'The server "nested" is millrace itself: batches are not nested.\nPut its operations into this plan.',
      })
    },
  ))

test.run()

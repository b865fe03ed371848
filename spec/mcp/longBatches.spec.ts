import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { toolHost } from '../../src/mcp/host.js'
import { batchCancel } from '../../src/mcp/tools/batchCancel.js'
import { batchExecute } from '../../src/mcp/tools/batchExecute.js'
import { batchStatus } from '../../src/mcp/tools/batchStatus.js'
import { untilGone } from '../support/untilGone.js'
import { file, inRoot, node, withHost } from './inRoot.js'
import { pidIn, sleeper } from './matrix.js'
import { factsIn, openedServer } from './rawServer.js'

const test = suite('long batches')

const textOf = ({ content }: { readonly content: readonly { readonly text: string }[] }): string => content[0]!.text

test('a batch left running is finished by batch_status, which gives what batch_execute would have', () =>
  withHost({ allowPrograms: ['node'] }, async (host) => {
    const operations = [node('later', 'setTimeout(() => console.log("done"), 400)'), file('l', 'list', {})]
    const left = await batchExecute.perform({ operations, waitMs: 0 }, host, {})
    const { status, batchId } = left.structuredContent
    assert.is(status, 'running')
    assert.match(String(batchId), /^b-[\w-]{22}$/)
    assert.match(textOf(left), `Go on: batch_status {"batchId":"${String(batchId)}","waitMs":45000}`)
    const finished = await batchStatus.perform({ batchId, waitMs: 45_000 }, host, {})
    assert.is(finished.structuredContent['status'], 'succeeded')
    assert.match(textOf(finished), /^2 of 2 succeeded\nlater \{"stdout":"done"\}\nl \{/)
  }))

test('who stops waiting in batch_status does not stop the batch', () =>
  withHost({ allowPrograms: ['node'] }, async (host) => {
    const left = await batchExecute.perform({ operations: [node('later', 'setTimeout(() => {}, 500)')], waitMs: 0 }, host, {})
    const { batchId } = left.structuredContent
    await batchStatus.perform({ batchId, waitMs: 45_000 }, host, { signal: AbortSignal.timeout(20) })
    const finished = await batchStatus.perform({ batchId, waitMs: 45_000 }, host, {})
    assert.is(finished.structuredContent['status'], 'succeeded')
  }))

test('a batch that nobody asks for is cancelled', () =>
  withHost({ allowPrograms: ['sh'], unaskedMs: 2_000 }, async (host, root) => {
    // A shell: it has to have said its number before the batch is given up.
    const told = { type: 'shell.run', params: { command: ['sh', '-c', 'echo $$ > pid; exec sleep 600'] } }
    await batchExecute.perform({ operations: [told], waitMs: 0 }, host, {})
    assert.ok(await untilGone(await pidIn(root)))
  }))

test('an id that was never given out leads nowhere, also when it would be a path', () =>
  withHost({}, async (host) => {
    for (const batchId of ['b-AAAAAAAAAAAAAAAAAAAAAA', '../../etc', 'b-../../../../../../etc/x']) {
      const status = await batchStatus.perform({ batchId }, host, {})
      assert.is(status.isError, true)
      assert.match(textOf(status), `batchId: no batch is called "${batchId}". Use the batchId that batch_execute answered with.`)
      assert.is((await batchCancel.perform({ batchId }, host, {})).isError, true)
    }
  }))

test('a finished batch can be read after a restart, value by value', () =>
  inRoot({}, async (root) => {
    const first = toolHost({ root })
    const ran = await batchExecute.perform(
      { operations: [file('w', 'write', { path: 'a.txt', content: 'hi' }), file('m', 'read', { path: 'missing.txt' })] },
      first,
      {},
    )
    await first.close('it restarts')
    const second = toolHost({ root })
    const { batchId } = ran.structuredContent
    const again = await batchStatus.perform({ batchId }, second, {})
    assert.is(textOf(again), textOf(ran))
    const value = await batchStatus.perform({ batchId, operations: ['w.path', 'm'] }, second, {})
    assert.is(textOf(value), 'm failed: missing.txt: there is nothing at this path.\nw.path "a.txt"')
    await second.close('the spec has ended')
  }))

test('a batch whose server was killed tells what it had come to', () =>
  inRoot({}, async (root) => {
    const server = await openedServer(['--root', root, '--allow-program', 'node'])
    const left = await server.call('batch_execute', {
      operations: [file('w', 'write', { path: 'a.txt', content: '' }), { ...sleeper, dependencies: ['w'] }],
      waitMs: 0,
      as: 'json',
    })
    const pid = await pidIn(root)
    server.child.kill('SIGKILL')
    await server.ended
    assert.ok(await untilGone(pid))
    const host = toolHost({ root })
    const told = await batchStatus.perform({ batchId: factsIn(left)['batchId'] }, host, {})
    assert.is(told.structuredContent['status'], 'cancelled')
    assert.match(textOf(told), 'sleep cancelled: the server ended while it ran')
    assert.equal(told.structuredContent['counts'], { total: 2, succeeded: 1, failed: 0, skipped: 0, cancelled: 1 })
    await host.close('the spec has ended')
  }))

for (const [how, leave] of Object.entries({
  'the end of stdin': (child: { readonly stdin: { end(): unknown } }) => child.stdin.end(),
  SIGTERM: (child: { kill(signal: 'SIGTERM'): unknown }) => child.kill('SIGTERM'),
}))
  test(`${how} ends what runs, whether a call waits for it or it was left running`, () =>
    inRoot({}, async (root) => {
      const server = await openedServer(['--root', root, '--allow-program', 'node'])
      const stubborn = (name: string) =>
        node(
          name,
          `process.on('SIGTERM', () => {}); require('fs').writeFileSync('${name}', String(process.pid)); setTimeout(() => {}, 600_000)`,
        )
      await server.call('batch_execute', { operations: [stubborn('left')], waitMs: 0 })
      server.send({
        jsonrpc: '2.0',
        id: 'open',
        method: 'tools/call',
        params: { name: 'batch_execute', arguments: { operations: [stubborn('open')] } },
      })
      const pids = [await pidIn(root, 'left'), await pidIn(root, 'open')]
      leave(server.child)
      await server.ended
      for (const pid of pids) assert.ok(await untilGone(pid))
    }))

test('progress comes while nothing ends, and its message says what is at work', () =>
  withHost({ allowPrograms: ['node'] }, async (host) => {
    const told: { readonly progress: number; readonly total: number; readonly message: string }[] = []
    await batchExecute.perform({ operations: [node('long', 'setTimeout(() => {}, 11_000)')] }, host, {
      onProgress: (progress) => told.push(progress),
    })
    assert.ok(told.length >= 2, `${told.length} reports in 11 s`)
    assert.ok(
      told.every(({ progress, total }, place) => total === 1 && progress < 1 && (place === 0 || progress > told[place - 1]!.progress)),
    )
    assert.is(told[0]!.message, '0 of 1 operations ended; running: long')
  }))

test('logs of batches do not pile up without bound', () =>
  withHost({}, async (host, root) => {
    for (let round = 0; round < 104; round++) await batchExecute.perform({ operations: [] }, host, {})
    await delay(0)
    assert.ok((await readdir(join(root, '.millrace/runs'))).length <= 100)
  }))

test.run()

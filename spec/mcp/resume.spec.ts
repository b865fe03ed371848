import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { takeOver } from '../../src/journal/resumedBy.js'
import type { Host } from '../../src/mcp/host.js'
import { toolHost } from '../../src/mcp/host.js'
import { batchCancel } from '../../src/mcp/tools/batchCancel.js'
import { batchExecute } from '../../src/mcp/tools/batchExecute.js'
import { batchRead } from '../../src/mcp/tools/batchRead.js'
import { batchStatus } from '../../src/mcp/tools/batchStatus.js'
import { isAlive } from '../../src/system/processStart.js'
import { file, inRoot, node, withHost } from './inRoot.js'
import { pidIn, sleeper } from './matrix.js'
import { factsIn, openedServer, textOf as textIn } from './rawServer.js'

// It starts servers, and programs in them.

const test = suite('batches that go on with an earlier one')

const textOf = ({ content }: { readonly content: readonly { readonly text: string }[] }): string => content[0]!.text

/** Not repeatable: whether it was done again shows. */
const note = (id: string, more: object = {}): object => ({
  id,
  type: 'file',
  operation: 'append',
  params: { path: 'log', content: `${id}\n` },
  ...more,
})
const logged = (root: string): readonly string[] => readFileSync(join(root, 'log'), 'utf8').trim().split('\n')

/** Fails until there is a file. */
const failing = [note('first'), file('need', 'read', { path: 'needed' }), note('last', { dependencies: ['need', 'first'] })]

async function failed(host: Host, call: object = {}): Promise<string> {
  const ran = await batchExecute.perform({ operations: failing, ...call }, host, {})
  assert.is(ran.structuredContent['status'], 'failed')
  return String(ran.structuredContent['batchId'])
}

test('retry does what failed and what was skipped behind it, and nothing else', () =>
  withHost({}, async (host, root) => {
    const batchId = await failed(host)
    writeFileSync(join(root, 'needed'), 'here')
    const again = await batchExecute.perform({ retry: batchId }, host, {})
    assert.is(textOf(again), '3 of 3 succeeded\nneed {"path":"needed","content":"here"}')
    assert.equal(logged(root), ['first', 'last'])
  }))

test('what the earlier call wanted back is wanted again, unless the call says', () =>
  withHost({}, async (host, root) => {
    const batchId = await failed(host, { returns: ['need.bytes'] })
    const second = await batchExecute.perform({ retry: batchId }, host, {})
    assert.match(textOf(second), '1 of 3 failed, 1 skipped, 1 succeeded; batch ')
    writeFileSync(join(root, 'needed'), 'here')
    const third = await batchExecute.perform({ retry: second.structuredContent['batchId'] }, host, {})
    assert.is(textOf(third), '3 of 3 succeeded\nneed.bytes 4')
    assert.equal(logged(root), ['first', 'last'])
    const none = await batchExecute.perform({ retry: third.structuredContent['batchId'], returns: 'none' }, host, {})
    assert.match(textOf(none), /^1 fault; nothing was done\.\nThe batch b-\S+ has nothing to retry: none of its operations failed/)
  }))

test('a retry may bring the operations that mend what failed', () =>
  withHost({}, async (host, root) => {
    const batchId = await failed(host)
    const mended = [failing[0], file('need', 'write', { path: 'needed', content: 'now' }), failing[2], note('more')]
    const again = await batchExecute.perform({ retry: batchId, operations: mended }, host, {})
    assert.is(textOf(again), '4 of 4 succeeded')
    assert.equal(logged(root).toSorted(), ['first', 'last', 'more'])
  }))

test('what is reused may not have changed, unless it is done again or its result is given', () =>
  withHost({}, async (host, root) => {
    const batchId = await failed(host)
    writeFileSync(join(root, 'needed'), 'here')
    const operations = [note('first', { params: { path: 'log', content: 'other\n' } }), failing[1], failing[2]]
    const refused = await batchExecute.perform({ retry: batchId, operations }, host, {})
    assert.is(
      textOf(refused),
      '1 fault; nothing was done.\n"first" has different params than in the run that is resumed. Run it again with "rerun":["first"], run it and all its dependents again with "from":["first"], or keep its result with "done":{"first":RESULT}.',
    )
    const done = await batchExecute.perform({ retry: batchId, operations, rerun: ['first'] }, host, {})
    assert.is(done.structuredContent['status'], 'succeeded')
    assert.equal(logged(root), ['first', 'other', 'last'])
  }))

test('a dry run says what would be done, and takes nothing over', () =>
  withHost({}, async (host, root) => {
    const batchId = await failed(host)
    const planned = await batchExecute.perform({ retry: batchId, dryRun: true }, host, {})
    assert.is(textOf(planned), 'It can go on; nothing was done. 1 taken over, 2 to do.\nTo do: need, last')
    const json = await batchExecute.perform({ retry: batchId, dryRun: true, as: 'json' }, host, {})
    assert.equal(JSON.parse(textOf(json)), {
      status: 'planned',
      retry: batchId,
      reused: ['first'],
      left: ['need', 'last'],
      added: [],
      gone: [],
    })
    writeFileSync(join(root, 'needed'), 'here')
    assert.is((await batchExecute.perform({ retry: batchId }, host, {})).structuredContent['status'], 'succeeded')
  }))

test('of two at the same time one goes on, and an earlier batch goes on once', () =>
  withHost({}, async (host, root) => {
    const batchId = await failed(host)
    writeFileSync(join(root, 'needed'), 'here')
    const retry = () => batchExecute.perform({ retry: batchId }, host, {})
    const all = await Promise.all([retry(), retry(), retry()])
    assert.is(all.filter(({ structuredContent }) => structuredContent['status'] === 'succeeded').length, 1)
    assert.is(all.filter(({ structuredContent }) => structuredContent['status'] === 'refused').length, 2)
    assert.equal(logged(root), ['first', 'last'])
    assert.match(textOf(await retry()), /The batch b-\S+ was already resumed by the batch b-\S+\. Resume that one\./)
  }))

test('one that another process goes on with is left to it', () =>
  withHost({}, async (host, root) => {
    const batchId = await failed(host)
    const folder = join(root, '.millrace', 'runs')
    const elsewhere = takeOver(join(folder, batchId), 'other')
    const starting = await batchExecute.perform({ retry: batchId }, host, {})
    assert.match(textOf(starting), `The batch ${batchId} is still running.`)
    mkdirSync(join(folder, 'other'))
    writeFileSync(join(folder, 'other', 'run.json'), '{}')
    const going = await batchExecute.perform({ retry: batchId }, host, {})
    assert.match(textOf(going), `The batch ${batchId} was already resumed by the batch other. Resume that one.`)
    elsewhere.release()
  }))

test('one that still runs is waited for instead; one that was cancelled goes on', () =>
  withHost({ allowPrograms: ['node'] }, async (host, root) => {
    const waiting = `require("fs").existsSync("go") || (require("fs").writeFileSync("pid", String(process.pid)), setTimeout(() => {}, 60_000))`
    const left = await batchExecute.perform({ operations: [note('first'), node('wait', waiting)], waitMs: 0 }, host, {})
    const { batchId } = left.structuredContent
    await pidIn(root)
    const refused = await batchExecute.perform({ resume: batchId }, host, {})
    assert.is(
      textOf(refused),
      `1 fault; nothing was done.\nThe batch ${String(batchId)} is still running. Wait for it with batch_status {"batchId":"${String(batchId)}","waitMs":45000}, or stop it with batch_cancel.`,
    )
    await batchCancel.perform({ batchId }, host, {})
    writeFileSync(join(root, 'go'), '')
    const again = await batchExecute.perform({ resume: batchId }, host, {})
    assert.is(textOf(again), '2 of 2 succeeded')
    assert.equal(logged(root), ['first'])
  }))

const unanswerable: readonly (readonly [what: string, call: object, text: string])[] = [
  ['both at once', { resume: 'b-AAAAAAAAAAAAAAAAAAAAAA', retry: 'b-AAAAAAAAAAAAAAAAAAAAAA' }, 'retry: a call can continue only one batch'],
  ['an id that is none', { retry: '../../etc' }, 'retry: "../../etc" is not the id of a batch.'],
  ['an id of nothing', { retry: 'b-AAAAAAAAAAAAAAAAAAAAAA' }, 'There is no log of a batch called "b-AAAAAAAAAAAAAAAAAAAAAA" here.'],
  ['an id of the wrong type', { retry: 5 }, 'retry: '],
  [
    'a choice without a batch',
    { operations: [], rerun: ['a'] },
    'rerun: it is for a call that continues an earlier batch, and this one names none.',
  ],
  ['nothing at all', {}, 'The call needs "operations".'],
]
for (const [what, call, text] of unanswerable)
  test(`refused: ${what}`, () =>
    withHost({}, async (host, root) => {
      const refused = await batchExecute.perform(call, host, {})
      assert.is(refused.isError, true)
      assert.ok(textOf(refused).startsWith(`1 fault; nothing was done.\n${text}`), textOf(refused))
      assert.not(existsSync(join(root, '.millrace')))
    }))

test('refused: ids that the plan does not have, each named', () =>
  withHost({}, async (host) => {
    const batchId = await failed(host)
    const refused = await batchExecute.perform({ retry: batchId, rerun: ['frist'], done: { nedd: 1 }, from: ['lats'] }, host, {})
    assert.is(
      textOf(refused),
      '3 faults; nothing was done.\nrerun: no operation is called "frist". Did you mean "first"?\ndone: no operation is called "nedd". Did you mean "need"?\nfrom: no operation is called "lats". Did you mean "last"?',
    )
  }))

test('batch_read goes on only with what reads', () =>
  withHost({}, async (host, root) => {
    const reading = await batchRead.perform({ operations: [file('need', 'read', { path: 'needed' })] }, host, {})
    const changing = await failed(host)
    writeFileSync(join(root, 'needed'), 'here')
    assert.match(textOf(await batchRead.perform({ retry: reading.structuredContent['batchId'] }, host, {})), '1 of 1 succeeded')
    assert.match(textOf(await batchRead.perform({ retry: changing }, host, {})), 'batch_read runs only operations that read')
  }))

test('a server that was killed in mid-batch: a new one says how to go on, ends what is left of it, and does the rest', () =>
  inRoot({}, async (root) => {
    const args = ['--root', root, '--allow-program', 'node']
    const operations = [note('first'), { ...sleeper, dependencies: ['first'] }, note('last', { dependencies: ['sleep'] })]
    const killed = await openedServer(args)
    const { batchId } = factsIn(await killed.call('batch_execute', { operations, waitMs: 0, as: 'json' }))
    const pid = await pidIn(root)
    killed.child.kill('SIGKILL')
    await killed.ended
    rmSync(join(root, 'pid'))

    const server = await openedServer(args)
    const status = textIn(await server.call('batch_status', { batchId }))
    assert.match(status, `the server ended while it ran; to go on: batch_execute {"resume":"${String(batchId)}","operations":[…]}`)
    const unplanned = textIn(await server.call('batch_execute', { resume: batchId }))
    assert.match(unplanned, `The plan of the batch ${String(batchId)} is not known: an earlier server ran it`)
    assert.match(unplanned, 'Send its operations again in the same call')
    const undecided = textIn(await server.call('batch_execute', { resume: batchId, operations }))
    assert.match(undecided, '"sleep" (shell.run) was interrupted in attempt 1. It is not repeatable, and its effect is unknown.')
    assert.match(undecided, 'run it again with "rerun":["sleep"], or mark it as done with "done":{"sleep":null}')
    const done = textIn(await server.call('batch_execute', { resume: batchId, operations, done: { sleep: null } }))
    assert.match(done, /^3 of 3 succeeded/)
    assert.not(isAlive(pid, undefined))
    assert.equal(logged(root), ['first', 'last'])
    await server.end()
  }))

test('a batch of an earlier server that had finished is retried with its operations', () =>
  inRoot({}, async (root) => {
    const first = toolHost({ root })
    const batchId = await failed(first)
    await first.close('it restarts')
    writeFileSync(join(root, 'needed'), 'here')
    const second = toolHost({ root })
    const again = await batchExecute.perform({ retry: batchId, operations: failing }, second, {})
    assert.is(again.structuredContent['status'], 'succeeded')
    assert.equal(logged(root), ['first', 'last'])
    const earlier = await batchStatus.perform({ batchId }, second, {})
    assert.is(earlier.structuredContent['status'], 'failed')
    await second.close('the spec has ended')
  }))

test.run()

import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { waitingLine } from '../../src/mcp/batches/line.js'
import { whenOrphaned } from '../../src/mcp/serve/orphaned.js'
import { wholeLines } from '../../src/mcp/serve/wholeLines.js'
import { batchCancel } from '../../src/mcp/tools/batchCancel.js'
import { batchExecute } from '../../src/mcp/tools/batchExecute.js'
import { batchStatus } from '../../src/mcp/tools/batchStatus.js'
import { file, node, withHost } from './inRoot.js'

const test = suite('load and edges')

const textOf = ({ content }: { readonly content: readonly { readonly text: string }[] }): string => content[0]!.text
const idIn = (answer: string): string => /"batchId":"(b-[\w-]+)"/.exec(answer)![1]!

test('past the most that run at once batches wait in line, progress says where, and they run when their turn comes', () =>
  withHost({ limits: { batches: 1, waiting: 2 }, allowPrograms: ['node'] }, async (host) => {
    const first = await batchExecute.perform({ operations: [node('sleep', 'setTimeout(() => {}, 60_000)')], waitMs: 0 }, host, {})
    const reports: string[] = []
    const second = await batchExecute.perform({ operations: [file('l', 'list', {})], waitMs: 700 }, host, {
      onProgress: ({ message }) => reports.push(message),
    })
    assert.match(textOf(second), /^0 of 1 ended; waiting in line: it is next\nGo on: /)
    const third = await batchExecute.perform({ operations: [file('l', 'list', {})], waitMs: 0 }, host, {})
    assert.match(textOf(third), 'waiting in line: 1 batch before it')
    const beyond = await batchExecute.perform({ operations: [] }, host, {})
    assert.match(textOf(beyond), '1 batches are running and 2 are waiting, which is the most this server accepts.')
    await batchCancel.perform({ batchId: idIn(textOf(first)) }, host, {})
    for (const left of [second, third])
      assert.match(textOf(await batchStatus.perform({ batchId: idIn(textOf(left)), waitMs: 45_000 }, host, {})), /^1 of 1 succeeded/)
  }))

test('a batch that waits in line can be stopped there', () =>
  withHost({ limits: { batches: 1 }, allowPrograms: ['node'] }, async (host) => {
    const first = await batchExecute.perform({ operations: [node('sleep', 'setTimeout(() => {}, 60_000)')], waitMs: 0 }, host, {})
    const second = await batchExecute.perform({ operations: [file('w', 'write', { path: 'a', content: '' })], waitMs: 0 }, host, {})
    const stopped = await batchCancel.perform({ batchId: idIn(textOf(second)) }, host, {})
    assert.match(textOf(stopped), /^1 of 1 cancelled; batch .*\nw cancelled: batch_cancel$/)
    await batchCancel.perform({ batchId: idIn(textOf(first)) }, host, {})
  }))

test('a line lets in as many as there is room for, in the order in which they came', () => {
  const turn = waitingLine(2)
  const started: number[] = []
  const turns = [0, 1, 2, 3].map((place) => {
    const one = turn()
    one.take(() => started.push(place), new AbortController().signal)
    return one
  })
  assert.equal(started, [0, 1])
  assert.equal(
    turns.map((one) => one.before()),
    [0, 0, 0, 1],
  )
  turns[1]!.end()
  assert.equal(started, [0, 1, 2])
})

test('twenty batches at once are no leak of listeners', () =>
  withHost({ allowPrograms: ['node'] }, async (host) => {
    const warnings: Error[] = []
    const hear = (warning: Error): void => void warnings.push(warning)
    process.on('warning', hear)
    await Promise.all(
      Array.from({ length: 20 }, () => batchExecute.perform({ operations: [node('n', 'setTimeout(() => {}, 200)')] }, host, {})),
    )
    await delay(0)
    process.off('warning', hear)
    assert.equal(
      warnings.map(({ name, message }) => `${name}: ${message}`),
      [],
    )
  }))

test('a message over the limit is kept back, its id told where it stands at either end, and the next ones come', async () => {
  const refused: (string | number | null)[] = []
  const input = new PassThrough()
  const output = text(input.pipe(wholeLines(100, (id) => refused.push(id))))
  const large = 'x'.repeat(500)
  input.write('{"small":1}\n{"jsonrpc":"2.0","id":7,"method":"a","params":"')
  for (const piece of [large, large, '"}\n{"sm']) input.write(piece)
  input.write(`all":2}\n{"method":"a","params":"${large}","id":"at the end","jsonrpc":"2.0"}\n`)
  input.end(`{"params":"${large}"}\n{"small":3}\n`)
  assert.is(await output, '{"small":1}\n{"small":2}\n{"small":3}\n')
  assert.equal(refused, [7, 'at the end', null])
})

test('the end of the first parent is noticed, whoever takes its place', async () => {
  let pid = 100
  let gone = 0
  whenOrphaned(() => gone++, { parent: () => pid, ms: 5 })
  await delay(30)
  assert.is(gone, 0)
  pid = 1
  // The timer does not keep a process alive: something else has to.
  await delay(50)
  assert.is(gone, 1)
})

test.run()

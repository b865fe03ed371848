import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Host } from '../../src/mcp/host.js'
import { batchCancel } from '../../src/mcp/tools/batchCancel.js'
import { batchExecute } from '../../src/mcp/tools/batchExecute.js'
import { batchStatus } from '../../src/mcp/tools/batchStatus.js'
import { file, withHost } from './inRoot.js'

const test = suite('the time left, over MCP')

const sleeps = (count: number, seconds: string): readonly object[] =>
  Array.from({ length: count }, () => ({ type: 'shell', operation: 'run', params: { command: ['sleep', seconds] } }))

/** Ten that are over at once, one that goes on until it is cancelled, and one behind it. */
const tenThenLong = { operations: [...sleeps(10, '0'), ...sleeps(2, '300')], concurrency: 1 }

type Told = Readonly<Record<string, unknown>>

/** The first answer of `batch_status` that is as it should be: for as long as it takes. */
async function status(host: Host, batchId: unknown, fits: (facts: Told, text: string) => boolean): Promise<{ facts: Told; text: string }> {
  for (;;) {
    const { content, structuredContent: facts } = await batchStatus.perform({ batchId, waitMs: 50 }, host, {})
    const text = content[0]!.text
    if (fits(facts, text)) return { facts, text }
    assert.is(facts['status'], 'running', text)
  }
}

test('batch_status tells it from ten ends of a type on, and not before', () =>
  withHost({ allowPrograms: ['sleep'] }, async (host) => {
    const few = await batchExecute.perform({ operations: [...sleeps(9, '0'), ...sleeps(1, '300')], concurrency: 1, waitMs: 0 }, host, {})
    const early = await status(host, few.structuredContent['batchId'], (_, text) => text.startsWith('9 of 10 ended'))
    assert.match(early.text, /^9 of 10 ended; running: /)
    assert.not.ok('leftMs' in early.facts)
    await batchCancel.perform({ batchId: few.structuredContent['batchId'] }, host, {})

    const many = await batchExecute.perform({ ...tenThenLong, waitMs: 0 }, host, {})
    const { facts, text } = await status(host, many.structuredContent['batchId'], (_, told) => told.startsWith('10 of 12 ended'))
    assert.match(text, /^10 of 12 ended, (?:about .+|under 1 s) left; running: /)
    assert.ok(Number(facts['leftMs']) > 0, text)
    await batchCancel.perform({ batchId: many.structuredContent['batchId'] }, host, {})
  }))

test('progress tells it in its message', () =>
  withHost({ allowPrograms: ['sleep'] }, async (host) => {
    const leave = new AbortController()
    const messages: string[] = []
    await batchExecute.perform({ ...tenThenLong, waitMs: 100_000 }, host, {
      signal: leave.signal,
      onProgress: ({ message }) => {
        messages.push(message)
        if (message.startsWith('10 of 12')) leave.abort(new Error('it was told'))
      },
    })
    assert.match(messages.at(-1)!, /^10 of 12 operations ended, (?:about .+|under 1 s) left; running: /)
  }))

test('batch_status tells what became worse while the batch runs', () =>
  withHost({ allowPrograms: ['sleep'] }, async (host) => {
    // Of a share of failures the order decides, and not how busy the machine is.
    const [good, bad] = ['made', 'absent'].map((folder, which) =>
      Array.from({ length: 20 }, (_, index) =>
        file(`${folder}${index}`, which === 0 ? 'write' : 'read', { path: `${folder}/${index}`, ...(which === 0 && { content: '' }) }),
      ),
    )
    const left = await batchExecute.perform({ operations: [...good!, ...bad!, ...sleeps(1, '300')], concurrency: 1, waitMs: 0 }, host, {})
    const { batchId } = left.structuredContent
    const worse = 'The failure rate is rising: '
    const { text } = await status(host, batchId, (told) =>
      ((told['trends'] ?? []) as readonly string[]).some((one) => one.startsWith(worse)),
    )
    assert.match(text.split('\n')[0]!, worse)
    await batchCancel.perform({ batchId }, host, {})
  }))

test.run()

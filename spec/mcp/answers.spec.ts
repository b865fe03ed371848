import { readdir } from 'node:fs/promises'
import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ToolAnswer } from '../../src/mcp/answers/toolAnswer.js'
import { batchExecute } from '../../src/mcp/tools/batchExecute.js'
import { batchStatus } from '../../src/mcp/tools/batchStatus.js'
import { file, withHost } from './inRoot.js'

const test = suite('answers')

const most = 8_000
const tokensOf = ({ content, structuredContent }: ToolAnswer): readonly number[] => [
  encode(content.map(({ text }) => text).join('\n')).length,
  encode(JSON.stringify(structuredContent)).length,
]
const textOf = ({ content }: ToolAnswer): string => content.map(({ text }) => text).join('\n')

interface Facts {
  readonly batchId: string
  readonly status: string
  readonly counts: { readonly [kind: string]: number }
  readonly rootCauses: readonly { readonly id: string; readonly error: string; readonly message: string; readonly blocked?: number }[]
  readonly operations: readonly {
    readonly id: string
    readonly outcome: string
    readonly value?: { readonly content?: string }
    readonly preview?: string
    readonly length?: number
  }[]
  readonly omitted?: { readonly operations: number; readonly rootCauses: number }
  readonly hint?: string
}
const facts = ({ structuredContent }: ToolAnswer): Facts => structuredContent as unknown as Facts

const failing = new Set([3, 11, 12, 25])

test('a batch of 30 operations of which four fail answers within the budget, what failed first, outcomes in the order of the plan', () =>
  withHost({}, async (host) => {
    const long = 'A line of some length that has to be read by somebody. '.repeat(150)
    const operations = Array.from({ length: 30 }, (_, place) =>
      failing.has(place)
        ? file(`r${place}`, 'read', { path: `missing-${place}.txt` })
        : file(`w${place}`, 'write', { path: `${place}.txt`, content: long }),
    )
    const answer = await batchExecute.perform(
      {
        operations: [
          ...operations,
          file('all', 'read', { path: '0.txt' }),
          file('none', 'write', { path: 'x.txt', content: { $ref: 'r3.content' } }),
        ],
      },
      host,
      {},
    )
    for (const tokens of tokensOf(answer)) assert.ok(tokens <= most, `${tokens} tokens`)
    const { status, counts, rootCauses, operations: told } = facts(answer)
    assert.is(status, 'failed')
    assert.equal(counts, { total: 32, succeeded: 27, failed: 4, skipped: 1, cancelled: 0 })
    assert.equal(rootCauses.map(({ id }) => id).sort(), ['r11', 'r12', 'r25', 'r3'])
    assert.equal(
      rootCauses.find(({ id }) => id === 'r3'),
      { id: 'r3', name: 'file.read', error: 'not-found', message: 'missing-3.txt: there is nothing at this path.', blocked: 1 },
    )
    assert.equal(
      told.map(({ id }) => id),
      [...Array.from({ length: 30 }, (_, place) => (failing.has(place) ? `r${place}` : `w${place}`)), 'all', 'none'],
    )
    const text = textOf(answer)
    assert.ok(text.indexOf('Failed:') < text.indexOf('Outcomes:'))
    for (const { id } of told) assert.match(text, new RegExp(`^ {2}${id} (ok|failed|skipped)`, 'm'))
    for (const { message } of rootCauses) assert.ok(text.includes(message))
  }))

test('values that do not fit are begun, the small ones whole, and the rest is paged without loss', () =>
  withHost({}, async (host) => {
    const long = Array.from({ length: 4_000 }, (_, line) => `line ${line}: ünïcode 🚀 "quoted"`).join('\n')
    const answer = await batchExecute.perform(
      {
        operations: [
          file('w', 'write', { path: 'long.txt', content: long }),
          file('r', 'read', { path: 'long.txt' }),
          file('s', 'stat', { path: 'long.txt' }),
        ],
      },
      host,
      {},
    )
    for (const tokens of tokensOf(answer)) assert.ok(tokens <= most, `${tokens} tokens`)
    const { batchId, operations, hint } = facts(answer)
    assert.ok(operations[0]!.value !== undefined && operations[2]!.value !== undefined)
    assert.ok((operations[1]!.preview ?? '').length > 1_000)
    assert.is(hint, `The rest: batch_status {"batchId":"${batchId}","operation":"ID or ID.key","offset":0}`)

    let read = ''
    for (let offset: number | undefined = 0; offset !== undefined;) {
      const page: ToolAnswer = await batchStatus.perform({ batchId, operation: 'r.content', offset }, host, {})
      for (const tokens of tokensOf(page)) assert.ok(tokens <= most, `${tokens} tokens`)
      const { part, nextOffset } = page.structuredContent as { readonly part: string; readonly nextOffset?: number }
      read += part
      offset = nextOffset
    }
    assert.is(read, long)
  }))

test('only the values that returns names come back', () =>
  withHost({}, async (host) => {
    const answer = await batchExecute.perform(
      {
        operations: [file('a', 'write', { path: 'a.txt', content: '1' }), file('b', 'read', { path: 'a.txt' })],
        returns: ['b'],
      },
      host,
      {},
    )
    assert.equal(facts(answer).operations, [
      { id: 'a', outcome: 'succeeded' },
      { id: 'b', outcome: 'succeeded', value: { path: 'a.txt', content: '1', bytes: 1 } },
    ])
    assert.not.match(textOf(answer), 'created')
  }))

test('5,000 operations answer within the budget: all that failed, and how many more there are', () =>
  withHost({}, async (host) => {
    const operations = Array.from({ length: 5_000 }, (_, place) =>
      file(`operation-${place}`, place % 100 === 0 ? 'read' : 'stat', { path: place % 100 === 0 ? `missing-${place}` : '.' }),
    )
    const answer = await batchExecute.perform({ operations }, host, {})
    for (const tokens of tokensOf(answer)) assert.ok(tokens <= most, `${tokens} tokens`)
    const { rootCauses, operations: told, omitted, counts } = facts(answer)
    assert.is(counts['failed'], 50)
    assert.is(rootCauses.length, 50)
    assert.is(told.filter(({ outcome }) => outcome === 'failed').length, 50)
    assert.is(omitted?.operations, 5_000 - told.length)
    assert.match(textOf(answer), `and ${5_000 - told.length} more operations`)
  }))

test('a bad plan is an error with every fault, the signature of what it is about, and an example that is right', () =>
  withHost({}, async (host, root) => {
    const answer = await batchExecute.perform(
      {
        operations: [
          file('a', 'wrte', { path: 'a.txt', content: '' }),
          file('b', 'write', { pth: 'b.txt', content: '' }, { dependencies: ['c'] }),
        ],
        waitMS: 5,
      },
      host,
      {},
    )
    assert.is(answer.isError, true)
    assert.is(answer.structuredContent['status'], 'refused')
    assert.is(
      textOf(answer),
      [
        '5 faults; nothing was done.',
        'waitMS: there is no field "waitMS" here.',
        'Did you mean "waitMs"? The fields are: operations, name, concurrency, timeoutMs, defaults, onFailure, pools, retryBudget, returns, inputs, inferDependencies, waitMs and 2 more.',
        'operations[0].operation: no operation type is called "file.wrte".',
        'Did you mean "file.write"? There are: file.read, file.write, file.create, file.append, file.edit, file.copy, file.move, file.delete, file.mkdir, file.rmdir, file.list, file.glob and 12 more.',
        'operations[1].params.pth: "file.write" takes no "pth" here.',
        'Did you mean "path"? It takes: path, content, encoding, mode.',
        'file.write{path,content,encoding?,mode?}',
        'operations[1].params: "file.write" needs "path" here.',
        'It takes: path, content, encoding, mode.',
        'file.write{path,content,encoding?,mode?}',
        'operations[1].dependencies[0]: no operation is called "c".',
        'Did you mean "a"? This plan has: a, b.',
        'A right call: {"operations":[{"id":"a","type":"file","operation":"read","params":{"path":"a.txt"}},{"type":"file","operation":"write","params":{"path":"b.txt","content":{"$ref":"a.content"}}}]}',
      ].join('\n'),
    )
    assert.equal(await readdir(root), [])
    const example = JSON.parse(String(answer.structuredContent['example'])) as object
    assert.is((await batchExecute.perform({ ...example, dryRun: true }, host, {})).structuredContent['status'], 'planned')
  }))

test('20,000 faults answer within the budget', () =>
  withHost({ limits: { operations: 20_000 } }, async (host) => {
    const answer = await batchExecute.perform({ operations: Array.from({ length: 20_000 }, () => ({ type: 'file' })) }, host, {})
    for (const tokens of tokensOf(answer)) assert.ok(tokens <= most, `${tokens} tokens`)
    assert.is(answer.isError, true)
    assert.match(textOf(answer), /and \d+ more faults/)
  }))

test('what is no object at all is refused in words', () =>
  withHost({}, async (host) => {
    const answer = await batchExecute.perform(undefined, host, {})
    assert.is(answer.isError, true)
    assert.match(textOf(answer), '"operations" is missing.')
  }))

test('describe gives one operation type in full, a family briefly, and says what is unknown', () =>
  withHost({}, async (host) => {
    const one = await batchStatus.perform({ describe: ['file.edit'] }, host, {})
    const [edit] = one.structuredContent['operations'] as readonly {
      readonly name: string
      readonly params: { readonly required: unknown }
    }[]
    assert.is(edit?.name, 'file.edit')
    assert.equal(edit?.params.required, ['path', 'edits'])
    const family = await batchStatus.perform({ describe: ['file.*', 'nothing.*'] }, host, {})
    assert.is((family.structuredContent['operations'] as readonly object[]).length, 14)
    assert.equal(family.structuredContent['unknown'], ['nothing.*'])
    assert.match(textOf(family), 'nothing is called: nothing.*; there are file.*, http.*')
  }))

test('a dry run shows the order and why, and does nothing', () =>
  withHost({}, async (host, root) => {
    const answer = await batchExecute.perform(
      { operations: [file('w', 'write', { path: 'a.txt', content: '' }), file('r', 'read', { path: 'a.txt' })], dryRun: true },
      host,
      {},
    )
    assert.is(answer.structuredContent['status'], 'planned')
    assert.equal(answer.structuredContent['operations'], [
      { id: 'w', name: 'file.write' },
      { id: 'r', name: 'file.read', waitsFor: [`w (effect: writes ${root}/a.txt, which "r" reads)`] },
    ])
    assert.equal(await readdir(root), [])
  }))

test('the settings by which the predecessor knows them are taken', () =>
  withHost({}, async (host) => {
    const config = { maxConcurrency: 2, timeoutMs: 5_000, retryAttempts: 1, enableDependencyResolution: false, trackPerformance: false }
    const missing = file('r', 'read', { path: 'missing' }, { timeout: 1_000 })
    const answer = await batchExecute.perform({ operations: [missing], config }, host, {})
    assert.is(facts(answer).status, 'failed')
    const twice = await batchExecute.perform({ operations: [missing], concurrency: 3, config }, host, {})
    assert.match(textOf(twice), 'config.maxConcurrency: "maxConcurrency" is another name for "concurrency", which is given too.')
  }))

test.run()

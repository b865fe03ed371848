import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { batchAnswer } from '../../../src/mcp/answers/batchAnswer.js'
import { pieceAnswer } from '../../../src/mcp/answers/pieceAnswer.js'
import type { Returns } from '../../../src/mcp/batches/batch.js'
import { batchId, batchOf, type Told } from './batchOf.js'

const test = suite('what is told of a value')

/** The lines below the first. */
function lines(told: readonly Told[], returns?: Returns): string {
  const { content } = batchAnswer(batchOf(told, { ...(returns !== undefined && { returns }) }))
  return content[0]!.text.split('\n').slice(1).join('\n')
}

const match = (line: number): object => ({ path: 'a.ts', line, column: 1, text: 'x' })
const response = { url: 'https://a.example/', status: 201, headers: { 'content-type': 'text/plain', etag: '"1"' }, body: 'ok', bytes: 2 }

/** The rows of the table: a value, what is told unasked, and what is told when `returns` names it. */
const rows: readonly (readonly [row: string, told: Told, unasked: string, named: string])[] = [
  ...['write', 'create', 'append', 'copy', 'move', 'mkdir', 'rmdir'].map(
    (operation) =>
      [`file.${operation}`, { name: `file.${operation}`, value: { path: 'a', bytes: 1 } }, '', 'a {"path":"a","bytes":1}'] as const,
  ),
  [
    'file.edit, one place an edit',
    { name: 'file.edit', params: { edits: [{}, {}] }, value: { path: 'a', replacements: 2, bytes: 9 } },
    '',
    'a {"path":"a","replacements":2,"bytes":9}',
  ],
  [
    'file.edit, more places than edits',
    { name: 'file.edit', params: { edits: [{}] }, value: { path: 'a', replacements: 3, bytes: 9 } },
    'a {"replacements":3}',
    'a {"path":"a","replacements":3,"bytes":9}',
  ],
  ['file.delete', { name: 'file.delete', value: { path: 'a', deleted: true } }, '', 'a {"path":"a","deleted":true}'],
  [
    'file.delete of nothing',
    { name: 'file.delete', value: { path: 'a', deleted: false } },
    'a {"deleted":false}',
    'a {"path":"a","deleted":false}',
  ],
  [
    'file.read, the beginning of a file',
    { name: 'file.read', value: { path: 'a', content: 'x', bytes: 1, truncated: true } },
    'a {"path":"a","content":"x","truncated":true}',
    'a {"path":"a","content":"x","bytes":1,"truncated":true}',
  ],
  [
    'file.search',
    { name: 'file.search', value: { matches: [match(1)], files: 7 } },
    'a.matches (1):\n```\na.ts\n1:x\n```',
    'a {"files":7}\na.matches (1):\n```\na.ts\n1:x\n```',
  ],
  ['file.search with no match', { name: 'file.search', value: { matches: [], files: 7 } }, 'a {"files":7}', 'a {"matches":[],"files":7}'],
  [
    'shell.run that said nothing',
    { name: 'shell.run', value: { exitCode: 0, stdout: '', stderr: '' } },
    '',
    'a {"exitCode":0,"stdout":"","stderr":""}',
  ],
  [
    'shell.run with another expected code',
    { name: 'shell.run', value: { exitCode: 3, stdout: 'ok', stderr: '' } },
    'a {"exitCode":3,"stdout":"ok"}',
    'a {"exitCode":3,"stdout":"ok","stderr":""}',
  ],
  [
    'http.request',
    { name: 'http.request', value: response },
    'a {"status":201,"body":"ok"}',
    'a {"url":"https://a.example/","status":201,"headers":{"content-type":"text/plain","etag":"\\"1\\""},"body":"ok","bytes":2}',
  ],
  [
    'http.request with a location',
    { name: 'http.request', value: { ...response, headers: { location: '/b' } } },
    'a {"status":201,"location":"/b","body":"ok"}',
    'a {"url":"https://a.example/","status":201,"headers":{"location":"/b"},"body":"ok","bytes":2}',
  ],
  ['a tool', { name: 'tool.a.b', value: 23 }, 'a 23', 'a 23'],
  ['anything else', { name: 'file.stat', value: { path: 'a', bytes: 0 } }, 'a {"path":"a","bytes":0}', 'a {"path":"a","bytes":0}'],
  ['null', { name: 'tool.a.b', value: null }, '', ''],
]

for (const [row, told, unasked, named] of rows)
  test(row, () => {
    assert.is(lines([{ id: 'a', ...told }]), unasked)
    assert.is(lines([{ id: 'a', ...told }], ['a']), named)
  })

const two: readonly Told[] = [
  { id: 'a', name: 'file.read', value: { path: 'x', content: 'one\n', bytes: 4 } },
  { id: 'b', failed: { message: 'no' } },
]

test('returns names paths: each is told under its own, in the order of the plan', () => {
  assert.is(lines(two, ['a.content', 'a.bytes']), 'b failed: no\na.content:\n```\none\n```\na.bytes 4')
})

test('returns "none" leaves the first line and the failures', () => {
  assert.is(lines(two, 'none'), 'b failed: no')
})

test('attempts and a fallback stand before the value', () => {
  assert.is(lines([{ id: 'a', value: 1, attempts: 3 }]), 'a after 3 attempts 1')
  assert.is(lines([{ id: 'a', name: 'file.write', value: {}, attempts: 2 }]), 'a after 2 attempts')
  assert.is(lines([{ id: 'a', value: 'x', recoveredFrom: 'gone\nfor good' }]), 'a by its fallback: gone "x"')
})

test('a long value that is told already is not told again', () => {
  const value = { list: ['x'.repeat(300)] }
  const [first, second] = lines([
    { id: 'a', value },
    { id: 'b', value },
  ]).split('\n')
  assert.is(first, `a ${JSON.stringify(value)}`)
  assert.is(second, 'b: the same as a')
})

test('the items of an each are entries of their own, in order, and their list is not told again', () => {
  const told: readonly Told[] = [
    { id: 'r', name: 'tool.a.b', each: true, value: ['one', 'two'] },
    { id: 'r[1]', parent: 'r', value: 'two' },
    { id: 'r[0]', parent: 'r', value: 'one' },
  ]
  assert.is(lines(told), 'r[0] "one"\nr[1] "two"')
  assert.is(lines(told, ['r']), 'r[0] "one"\nr[1] "two"')
  assert.is(lines(told, ['r[1]']), 'r[1] "two"')
})

test('a message of several lines keeps its first there; the whole follows', () => {
  assert.is(lines([{ id: 'a', failed: { message: 'one\ntwo' } }]), 'a failed: one\na.message:\n```\none\ntwo\n```')
})

test('operations skipped by their own condition leave a batch good', () => {
  const told: readonly Told[] = [
    { id: 'a', value: 1 },
    { id: 'b', skipped: { reason: 'gate', because: [] } },
  ]
  assert.is(batchAnswer(batchOf(told)).content[0]!.text, '1 of 2 succeeded, 1 skipped\nb skipped: its condition did not hold\na 1')
})

test('ids that could be taken for something else stand in quotes', () => {
  assert.is(lines([{ id: 'build all', value: { stdout: 'ok' } }]), '"build all" {"stdout":"ok"}')
  assert.is(lines([{ id: 'The rest: x', value: 1 }]), '"The rest: x" 1')
})

test('a key whose path would lead elsewhere stays in the JSON', () => {
  const long = 'x'.repeat(300)
  assert.is(lines([{ id: 'a', value: { 'b.c': long } }]), `a {"b.c":"${long}"}`)
  assert.is(
    lines([
      { id: 'a', value: { b: long } },
      { id: 'a.b', value: 1 },
    ]),
    `a {"b":"${long}"}\na.b 1`,
  )
})

test('images in what a tool gave are told by size and kind, and shown to who asks for that very path', () => {
  const data = Buffer.alloc(300, 1).toString('base64')
  const batch = batchOf([
    {
      id: 'shot',
      value: [
        { type: 'text', text: 'a page' },
        { type: 'image', data, mimeType: 'image/png' },
      ],
    },
  ])
  assert.is(
    batchAnswer(batch).content[0]!.text,
    [
      '1 of 1 succeeded',
      'shot [{"type":"text","text":"a page"},{"type":"image","mimeType":"image/png"}]',
      'shot[1].data: 300 bytes of image/png in base64, not shown',
      `The rest: batch_status {"batchId":"${batchId}","operations":["shot[1].data"]}`,
    ].join('\n'),
  )
  assert.is(pieceAnswer(batch, ['shot[1].data'], {}).content[0]!.text, `shot[1].data:\n\`\`\`\n${data}\n\`\`\``)
})

test('as json gives the same facts as one document, every operation with its outcome', () => {
  const batch = batchOf([
    { id: 'w', name: 'file.write', value: { path: 'a', bytes: 1 } },
    { id: 'r', name: 'file.read', value: { path: 'a', content: 'one\n', bytes: 4 } },
    { id: 'f', name: 'shell.run', failed: { message: 'npm exited with code 1.', stdout: 'no\n' } },
    { id: 's', skipped: { reason: 'dependency', because: ['f'] } },
  ])
  assert.equal(JSON.parse(batchAnswer(batch, { as: 'json' }).content[0]!.text), {
    status: 'failed',
    counts: { total: 4, succeeded: 2, failed: 1, skipped: 1, cancelled: 0 },
    batchId,
    operations: [
      { id: 'w', outcome: 'succeeded' },
      { id: 'r', outcome: 'succeeded', value: { path: 'a', content: 'one\n' } },
      { id: 'f', outcome: 'failed', message: 'npm exited with code 1.', value: { stdout: 'no\n' } },
      { id: 's', outcome: 'skipped', reason: 'f failed' },
    ],
  })
})

test('as json keeps to the budget: pieces stand under the path that asks for them', () => {
  const content = Array.from({ length: 4_000 }, (_, line) => `line ${line}: "quoted"`).join('\n')
  const batch = batchOf([{ id: 'r', name: 'file.read', value: { path: 'a', content, bytes: content.length } }])
  const { text } = batchAnswer(batch, { as: 'json' }).content[0]!
  assert.ok(Buffer.byteLength(text) <= 39_500)
  const { operations, rest } = JSON.parse(text) as { operations: readonly { id: string; value: unknown }[]; rest: readonly string[] }
  const [whole, piece] = operations
  assert.equal(whole, { id: 'r', outcome: 'succeeded', value: { path: 'a' } })
  const to = Number(/^r\.content@0-(\d+)$/.exec(piece!.id)?.[1])
  assert.is(piece!.value, content.slice(0, to))
  assert.equal(rest, [`r.content@${to}`])
})

test.run()

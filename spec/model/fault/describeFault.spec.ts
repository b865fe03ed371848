import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { describeFault } from '../../../src/model/fault/describeFault.js'
import type { PlanFault } from '../../../src/model/fault/fault.js'

const test = suite('describeFault')

const manyNames = Array.from({ length: 40 }, (_, index) => `op${index + 1}`)

const rows: readonly (readonly [fault: PlanFault, text: string])[] = [
  [
    { type: 'not-readable', at: [], reason: 'Unexpected end of JSON input.', place: { file: 'plan.json', line: 3, column: 1 } },
    'plan.json:3:1: the plan could not be read: Unexpected end of JSON input.',
  ],
  [{ type: 'not-readable', at: [], reason: 'it is empty.' }, 'The plan could not be read: it is empty.'],
  [
    { type: 'too-large', at: ['operations'], what: 'operations', limit: 100_000, actual: 100_001 },
    'operations: 100,001 operations are more than the 100,000 allowed in one plan.\nSplit the plan, or stream its operations.',
  ],
  [
    { type: 'too-large', at: [], what: 'bytes', limit: 67_108_864, actual: 70_000_000 },
    '70,000,000 bytes are more than the 67,108,864 allowed in one plan.\nSplit the plan, or let its operations read large content from files.',
  ],
  [
    { type: 'too-large', at: ['operations', 0, 'params', ...Array.from({ length: 61 }, () => 'a')], what: 'levels', limit: 64, actual: 65 },
    'operations[0].params.a.a.a….a.a.a.a.a.a: values are nested more than 64 levels deep here.\nFlatten them, or pass them as text.',
  ],
  [
    { type: 'invalid-value', at: ['concurrency'], expected: 'a whole number from 1 to 100000', received: 'six' },
    'concurrency: expected a whole number from 1 to 100000, received "six".',
  ],
  [
    { type: 'invalid-value', at: ['operations', 1, 'params', 'path'], expected: 'text', received: undefined, of: 'file.write' },
    'operations[1].params.path: expected text for "file.write", received nothing.',
  ],
  [{ type: 'invalid-value', at: [], expected: 'a plan', received: null }, 'Expected a plan, received null.'],
  [
    { type: 'unknown-field', at: ['concurency'], field: 'concurency', known: ['operations', 'name', 'concurrency'] },
    'concurency: there is no field "concurency" here.\nDid you mean "concurrency"? The fields are: operations, name, concurrency.',
  ],
  [
    { type: 'unknown-field', at: ['operations', 2, 'params', 'x'], field: 'x', known: ['path'], of: 'file.read' },
    'operations[2].params.x: "file.read" takes no "x" here.\nIt takes: path.',
  ],
  [
    { type: 'missing-field', at: ['operations', 2], field: 'type', known: ['type', 'operation'] },
    'operations[2]: "type" is missing.\nThe fields are: type, operation.',
  ],
  [
    { type: 'missing-field', at: ['operations', 2, 'params'], field: 'path', known: ['path'], of: 'file.read' },
    'operations[2].params: "file.read" needs "path" here.\nIt takes: path.',
  ],
  [
    { type: 'both-names', at: ['operations', 0, 'timeout'], field: 'timeoutMs', alias: 'timeout' },
    'operations[0].timeout: "timeout" is another name for "timeoutMs", and both are given.\nKeep one of them.',
  ],
  [
    { type: 'unknown-operation-type', at: ['operations', 0, 'operation'], name: 'file.wirte', known: ['file.read', 'file.write'] },
    'operations[0].operation: no operation type is called "file.wirte".\nDid you mean "file.write"? There are: file.read, file.write.',
  ],
  [
    { type: 'unknown-operation-type', at: ['operations', 0, 'type'], name: 'a.b', known: [] },
    'operations[0].type: no operation type is called "a.b".\nThis run has no operation types.',
  ],
  [
    { type: 'duplicate-id', at: ['operations', 4, 'id'], id: 'build', first: ['operations', 1, 'id'] },
    'operations[4].id: "build" is already the id of operations[1].\nGive one of them another id.',
  ],
  [
    { type: 'duplicate-id', at: ['operations', 4], id: 'op5', first: ['operations', 1, 'id'] },
    'operations[4]: its default id "op5" is already the id of operations[1].\nGive it an id of its own.',
  ],
  [
    {
      type: 'unknown-id',
      at: ['operations', 3, 'dependencies', 0],
      id: 'biuld',
      role: 'dependency',
      known: ['build', 'pack', 'test'],
      place: { file: 'plan.yaml', line: 12, column: 7 },
    },
    'plan.yaml:12:7: operations[3].dependencies[0]: no operation is called "biuld".\nDid you mean "build"? This plan has: build, pack, test.',
  ],
  [
    { type: 'unknown-id', at: ['returns', 0], id: 'op41', role: 'return', known: manyNames },
    'returns[0]: no operation is called "op41".\nDid you mean "op1"? This plan has: op1, op2, op3, op4, op5, op6, op7, op8, op9, op10, op11, op12 and 28 more.',
  ],
  [
    { type: 'unknown-id', at: ['returns', 0], id: 'x', role: 'return', known: [] },
    'returns[0]: no operation is called "x".\nThis plan has no operations.',
  ],
  [
    { type: 'cycle', at: ['operations', 0], ids: ['a', 'b', 'c'] },
    'operations[0]: dependency cycle: a -> b -> c -> a.\nRemove one of the dependencies or references between them.',
  ],
  [
    { type: 'inexact-value', at: ['operations', 0, 'params', 'n'], received: 2 ** 60 },
    'operations[0].params.n: the whole number 1152921504606847000 is beyond 2^53 and would lose digits.\nWrite it as text, in quotes.',
  ],
  [
    { type: 'inexact-value', at: ['name'], received: 'a\ud800' },
    'name: "a\\ud800" contains half of a surrogate pair, which is not text.\nRemove it, or write the whole character.',
  ],
  [{ type: 'more-faults', at: [], count: 1 }, '… and 1 more fault.'],
  [{ type: 'cycle', at: ['operations', 0], ids: ['a'] }, 'operations[0]: "a" depends on itself.\nRemove that dependency or reference.'],
  [
    { type: 'cycle', at: ['operations', 0], ids: manyNames },
    'operations[0]: dependency cycle: op1 -> op2 -> op3 -> op4 -> op5 -> op6 -> op7 -> op8 -> … -> op39 -> op40 -> op1 (40 operations).\nRemove one of the dependencies or references between them.',
  ],
  [
    { type: 'unknown-leaf', at: ['operations', 3, 'params', 'content', '$ref'], id: 'pkg', key: 'pth', known: ['path', 'bytes'] },
    'operations[3].params.content.$ref: the result of "pkg" has no "pth".\nDid you mean "path"? It has: path, bytes.',
  ],
  [
    { type: 'unknown-leaf', at: ['operations', 3, 'params', 'content', '$ref'], id: 'pkg', key: 'length', known: [] },
    'operations[3].params.content.$ref: the result of "pkg" has no "length".\nThe value there has no named keys: end the reference before it, or use a position if it is a list.',
  ],
  [
    { type: 'malformed-reference', at: ['operations', 3, 'params', 'content', '$ref'], reason: 'a reference is text.' },
    'operations[3].params.content.$ref: a reference is text.',
  ],
  [
    { type: 'reference-needs-default', at: ['operations', 3, 'params', 'x', '$ref'], id: 'pkg', when: 'settled' },
    'operations[3].params.x.$ref: "pkg" can end without a result here, because this operation has "when": "settled".\nAdd a "default" to the reference, or leave "when" at "success".',
  ],
  [
    { type: 'reference-needs-default', at: ['operations', 3, 'params', 'x', '$template'], id: 'pkg', when: 'settled' },
    'operations[3].params.x.$template: "pkg" can end without a result here, because this operation has "when": "settled".\nA template takes no default: use "$ref" with a "default", or leave "when" at "success".',
  ],
  [
    { type: 'unknown-pool', at: ['operations', 2, 'pool'], pool: 'githb', known: ['github'] },
    'operations[2].pool: no pool is called "githb".\nDid you mean "github"? This plan has: github.',
  ],
  [
    { type: 'unknown-pool', at: ['operations', 2, 'pool'], pool: 'github', known: [] },
    'operations[2].pool: no pool is called "github".\nThis plan has none: add "pools": {"github": 2}, or leave the pool out.',
  ],
  [
    { type: 'weight-above-limit', at: ['operations', 2, 'weight'], weight: 8, limit: 6, of: 'concurrency' },
    'operations[2].weight: a weight of 8 is above concurrency, which is 6: it could never start.\nLower the weight, or raise concurrency.',
  ],
]

for (const [fault, text] of rows)
  test(`${fault.type} at ${fault.at.slice(0, 6).join(' ')}: ${text.slice(0, 60)}`, () => {
    assert.is(describeFault(fault), text)
  })

const received = (value: unknown, at: PlanFault['at'] = ['name']): string =>
  describeFault({ type: 'invalid-value', at, expected: 'x', received: value }).replace(/^.*received /, '')

test('cuts long values', () => {
  assert.is(received('y'.repeat(1_000)), `"${'y'.repeat(80)}…" (1000 characters).`)
  assert.is(received(Array.from({ length: 1_000_000 }, () => 1)).length, 82)
})

test('never shows what stands under a secret field name', () => {
  assert.is(
    received({ user: 'ada', Password: 'hunter2', deep: { 'x-api-key': ['hunter2'] } }),
    '{"user":"ada","Password":"[secret]","deep":{"x-api-key":"[secret]"}}.',
  )
})

test('shows a value that holds itself', () => {
  const value: Record<string, unknown> = {}
  value['self'] = value
  assert.match(received(value), /^\{"self":\{"self":/)
})

test('lets no text move the cursor or turn its direction', () => {
  assert.is(received('\u001b[2J\u009b1m\u202egnp.exe'), '"\\u001b[2J\\u009b1m\\u202egnp.exe".')
  const cycle = describeFault({ type: 'cycle', at: ['operations', 0], ids: ['a\u001b[2J', 'b'] })
  assert.match(cycle, 'dependency cycle: "a\\u001b[2J" -> b -> "a\\u001b[2J".')
})

test.run()

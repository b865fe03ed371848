import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { decodePlan } from '../../../src/graph/read/decodePlan.js'
import type { PlanFault } from '../../../src/model/fault/fault.js'
import type { Plan } from '../../../src/model/plan.js'

const test = suite('decodePlan')

const plan = (input: unknown): Plan => {
  const decoded = decodePlan(input)
  return decoded._tag === 'Right' ? decoded.right : (assert.unreachable(JSON.stringify(decoded.left)) as never)
}
const faults = (input: unknown): readonly PlanFault[] => {
  const decoded = decodePlan(input)
  return decoded._tag === 'Left' ? decoded.left : []
}
const nested = (levels: number): unknown => {
  let value: unknown = 'deep'
  for (let level = 0; level < levels; level++) value = [value]
  return value
}

test('takes a plan as it is', () => {
  const input = {
    name: 'init',
    concurrency: 2,
    pools: { github: 2 },
    operations: [{ type: 'file', operation: 'read', params: { path: 'a' } }],
  }
  assert.equal(plan(input), input)
})

test('takes a list as the operations of a plan', () => {
  assert.equal(plan([{ type: 'file', operation: 'read' }]), { operations: [{ type: 'file', operation: 'read' }] })
})

test('reads timeout as timeoutMs', () => {
  assert.equal(plan({ defaults: { timeout: 5 }, operations: [{ type: 'a', operation: 'b', timeout: 7 }] }), {
    defaults: { timeoutMs: 5 },
    operations: [{ type: 'a', operation: 'b', timeoutMs: 7 }],
  })
})

test('refuses both names of the time limit', () => {
  const both = { timeout: 5, timeoutMs: 5 }
  assert.equal(faults({ defaults: both, operations: [{ type: 'a', operation: 'b', ...both }] }), [
    { type: 'both-names', at: ['defaults', 'timeout'], field: 'timeoutMs', alias: 'timeout' },
    { type: 'both-names', at: ['operations', 0, 'timeout'], field: 'timeoutMs', alias: 'timeout' },
  ])
})

for (const [kind, input] of [
  ['nothing', undefined],
  ['null', null],
  ['text', 'operations'],
  ['a number', 5],
] as const)
  test(`refuses ${kind}`, () => {
    assert.equal(faults(input), [
      { type: 'invalid-value', at: [], expected: 'a plan: an object with "operations", or a list of operations', received: input },
    ])
  })

test('lists every fault of form at once, each at its place', () => {
  const input = {
    concurency: 2,
    timeoutMs: '5s',
    operations: [
      { type: 'file', operation: 'read', dependencies: ['a', 5, 'b=c'] },
      { operation: 'read' },
      { type: 'file', operation: 'read', params: ['path'], retry: { attempts: 0 } },
      'file.read',
    ],
  }
  const places = faults(input).map(({ type, at }) => `${type} ${at.join('/')}`)
  assert.equal(places, [
    'unknown-field concurency',
    'invalid-value timeoutMs',
    'invalid-value operations/0/dependencies/1',
    'invalid-value operations/0/dependencies/2',
    'missing-field operations/1',
    'invalid-value operations/2/params',
    'invalid-value operations/2/retry/attempts',
    'invalid-value operations/3',
  ])
})

test('numbers positions in lists', () => {
  assert.equal(faults([{ type: 'a', operation: 'b', dependencies: [5] }])[0]!.at, ['operations', 0, 'dependencies', 0])
})

test('refuses a plan without operations', () => {
  assert.equal(
    faults({ name: 'none' }).map(({ type, at }) => [type, at]),
    [['missing-field', []]],
  )
})

test('takes 100,000 operations and refuses one more as one fault', () => {
  const operations = Array.from({ length: 100_000 }, () => ({ type: 'a', operation: 'b' }))
  assert.is(plan({ operations }).operations.length, 100_000)
  assert.equal(faults({ operations: [...operations, 'broken'] }), [
    { type: 'too-large', at: ['operations'], what: 'operations', limit: 100_000, actual: 100_001 },
  ])
})

test('takes 64 levels and refuses one more where it is', () => {
  // The plan, the list, the operation and its parameters are four levels.
  const withLevels = (levels: number) => [{ type: 'a', operation: 'b', params: { x: nested(levels) } }]
  assert.is(plan(withLevels(60)).operations.length, 1)
  assert.equal(faults(withLevels(61)), [
    {
      type: 'too-large',
      at: ['operations', 0, 'params', 'x', ...Array.from({ length: 60 }, () => 0)],
      what: 'levels',
      limit: 64,
      actual: 65,
    },
  ])
})

test('does not overflow on a million levels', () => {
  assert.is(faults([{ type: 'a', operation: 'b', params: { x: nested(1_000_000) } }])[0]!.type, 'too-large')
})

test('takes a value that holds itself for one without end', () => {
  const params: Record<string, unknown> = {}
  params['self'] = params
  assert.is(faults([{ type: 'a', operation: 'b', params }])[0]!.type, 'too-large')
})

test('takes hostile keys for data', () => {
  const params: unknown = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}')
  const { operations } = plan([{ id: '__proto__', type: 'a', operation: 'b', params }])
  assert.is(operations[0]!.params, params)
  assert.is(Object.hasOwn(Object.prototype, 'polluted'), false)
})

test('names a hostile field as unknown', () => {
  const input: unknown = JSON.parse('{"operations": [], "__proto__": {"name": "x"}}')
  assert.equal(
    faults(input).map(({ type, at }) => [type, at]),
    [['unknown-field', ['__proto__']]],
  )
})

test('keeps secrets out of what a fault carries', () => {
  const input = { name: { token: 'hunter2' }, password: 'hunter2', operations: [] }
  assert.not.match(JSON.stringify(faults(input)), 'hunter2')
})

test.run()

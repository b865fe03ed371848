import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Explanation } from '../../../src/cli/plan/explain.js'
import { explanationText } from '../../../src/cli/plan/explanationText.js'
import { unpainted } from '../../../src/terminal/text/paint.js'

const test = suite('explanationText')

function told(parts: Partial<Explanation>): string {
  const plan: Explanation = {
    concurrency: 6,
    onFailure: 'continue',
    pools: {},
    unreachedPools: [],
    edges: { explicit: 0, reference: 0, effect: 0, order: 0 },
    operations: [],
    unordered: [],
    unorderedOmitted: 0,
    longestChain: [],
    notes: [],
    leastRounds: 0,
    cannotBeUndone: [],
    ...parts,
  }
  return explanationText(plan, false, unpainted)
}

const pairs = (...rows: readonly (readonly [string, ...string[]])[]): Pick<Explanation, 'unordered'> => ({
  unordered: rows.map(([id, ...others]) => ({ id, with: others })),
})
const orders = (text: string): readonly string[] => text.split('\n').filter((line) => line.startsWith('In no particular order'))

test('of an empty plan there is little to say', () => {
  assert.is(
    told({}),
    'This plan: 0 operations, at most 6 at once.\nAfter a failure, only its dependents are skipped.\nNo operation waits for another.\n',
  )
})

test('says what a failure does', () => {
  assert.match(told({ onFailure: 'rollback', cannotBeUndone: ['mail'] }), 'A rollback cannot undo: mail.')
  assert.match(told({ onFailure: 'no-new' }), 'After a failure, no more operations start.')
})

test('says which limits of pools the concurrency never lets it reach', () => {
  const text = told({ pools: { api: { limit: 20 }, db: { limit: 2 } }, unreachedPools: ['api'] })
  assert.match(text, 'Pools: api (at most 20 at once) and db (at most 2 at once).')
  assert.match(text, 'Limits that are never reached, because the run has 6 slots: api. Raise "concurrency" to use them.\n')
})

test('of many pools the first are named', () => {
  const pools = Object.fromEntries(Array.from({ length: 10_000 }, (_, place) => [`p${place}`, { limit: 9 }]))
  const text = told({ pools, unreachedPools: Object.keys(pools) })
  assert.match(text, 'p11 (at most 9 at once) and 9,988 more.')
  assert.match(text, '6 slots: p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11 and 9,988 more.')
})

test('operations in no order among themselves stand on one line', () => {
  assert.equal(orders(told(pairs(['a', 'b', 'c'], ['b', 'a', 'c'], ['c', 'a', 'b']))), ['In no particular order: a, b and c.'])
})

test('a pair is told once, not forwards and backwards', () => {
  assert.equal(orders(told(pairs(['a', 'c'], ['b', 'c'], ['c', 'a', 'b']))), ['In no particular order with c: a and b.'])
})

test('no pair is lost where sets overlap in a chain', () => {
  const lines = orders(told(pairs(['l', 'a'], ['m', 'z'], ['a', 'l', 'z'], ['z', 'm', 'a'])))
  assert.equal(lines, [
    'In no particular order with a: l.',
    'In no particular order with z: m.',
    'In no particular order with l and z: a.',
    'In no particular order with m and a: z.',
  ])
})

test('an operation waited for several times is named once, with the reason that asks most', () => {
  const waitsFor = [
    { id: 'b', kind: 'order', why: 'writes x' },
    { id: 'b', kind: 'reference', why: 'refers' },
    { id: 'c', kind: 'explicit', why: 'lists it' },
  ] as const
  const operation = { id: 'a', name: 'file.read', when: 'success', priority: 'medium', weight: 2, waitsFor } as const
  assert.match(
    told({ operations: [operation] }),
    'a  file.read  (takes 2 slots)\n  after c (explicit: lists it)\n  after b (reference: refers)\n',
  )
})

test('a long chain is shown by its ends', () => {
  const longestChain = Array.from({ length: 40 }, (_, index) => `o${index}`)
  assert.match(told({ longestChain }), 'Longest chain: o0 → o1 → o2 → o3 → o4 → o5 → … → o35 → o36 → o37 → o38 → o39 (40 operations).')
})

test.run()

import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { EdgeStore, Kind } from '../../../src/graph/edges/edgeStore.js'
import { inferEdges } from '../../../src/graph/effects/inferEdges.js'
import { resourceTree } from '../../../src/graph/effects/resourceTree.js'
import { topologicalOrder } from '../../../src/graph/edges/topologicalOrder.js'
import { needsOf } from '../../support/needs.js'
import { accessesOfTouches, naivePairs, type Touches } from '../../support/naiveOrder.js'

const test = suite('inferEdges')

const infer = (operations: readonly Touches[], places?: number): EdgeStore => {
  const store = new EdgeStore(operations.length)
  const needs = needsOf(operations.map(() => ({ dependencies: [], sources: [] })))
  inferEdges(
    Int32Array.from(operations.keys()),
    needs,
    (index) => accessesOfTouches(operations[index]!),
    store,
    undefined,
    resourceTree(places),
  )
  return store
}

/** For each operation, those that come before it in any way; joins seen through. */
const reachable = (operations: number, edges: readonly (readonly [number, number])[]): readonly string[] => {
  const nodes = Math.max(operations, ...edges.map(([, to]) => to + 1))
  const before = Array.from({ length: nodes }, () => new Set<number>())
  // Edges end at a later operation, or at a join made before the edges from it: a few rounds settle it.
  for (let changed = true; changed;) {
    changed = false
    for (const [from, to] of edges)
      for (const node of [from, ...before[from]!])
        if (!before[to]!.has(node)) {
          before[to]!.add(node)
          changed = true
        }
  }
  return before.slice(0, operations).map((set) =>
    [...set]
      .filter((node) => node < operations)
      .sort((a, b) => a - b)
      .join(),
  )
}

const edgesOf = (store: EdgeStore, kind?: number): readonly (readonly [number, number])[] =>
  Array.from({ length: store.from.length }, (_, edge) => edge)
    .filter((edge) => kind === undefined || store.kind.at(edge) === kind)
    .map((edge) => [store.from.at(edge), store.to.at(edge)] as const)

const rows: readonly (readonly [title: string, operations: readonly Touches[], edges: readonly string[]])[] = [
  ['a read needs the last write of what it reads', [{ writes: ['a'] }, { writes: ['a'] }, { reads: ['a'] }], ['0>1 order', '1>2 effect']],
  ['two reads are unordered', [{ reads: ['a'] }, { reads: ['a'] }], []],
  ['a write waits for the reads before it', [{ reads: ['a'] }, { writes: ['a'] }], ['0>1 order']],
  ['a read of a folder waits for what was written in it', [{ writes: ['a/b'] }, { reads: ['a'] }], ['0>1 order']],
  ['a read in a folder waits for what replaced the folder', [{ writes: ['a'] }, { reads: ['a/b'] }], ['0>1 order']],
  ['a name that begins like another is another place', [{ writes: ['a'] }, { reads: ['ab'] }], []],
  [
    'a write of the folder in between makes the earlier write of the file no more than earlier',
    [{ writes: ['a/b'] }, { writes: ['a'] }, { reads: ['a/b'] }],
    ['0>1 order', '1>2 order'],
  ],
  [
    'a program in between may have changed the file',
    [{ writes: ['a/b'] }, { follows: ['a'] }, { reads: ['a/b'] }],
    ['0>1 order', '0>2 order', '1>2 order'],
  ],
  ['a program that declares what it writes is a writer', [{ follows: ['a'], writes: ['a/b'] }, { reads: ['a/b'] }], ['0>1 effect']],
  ['two programs in one folder are unordered', [{ follows: ['a'] }, { follows: ['a'] }], []],
  [
    'two programs are ordered by what both declare',
    [
      { follows: ['a'], writes: ['a/b'] },
      { follows: ['a'], reads: ['a/b'] },
    ],
    ['0>1 effect'],
  ],
  ['a program is not ordered by what another alone declares', [{ follows: ['a'], writes: ['a/b'] }, { follows: ['a'] }], []],
  ['what one operation reads and writes does not hold itself up', [{ reads: ['a'], writes: ['a'] }], []],
  [
    'an edit needs the write before it, and the next reader needs the edit',
    [{ writes: ['a'] }, { reads: ['a'], writes: ['a'] }, { reads: ['a'] }],
    ['0>1 effect', '1>2 effect'],
  ],
]

for (const [title, operations, expected] of rows)
  test(title, () => {
    const store = infer(operations)
    const edges = Array.from({ length: store.from.length }, (_, edge) => edge).map(
      (edge) => `${store.from.at(edge)}>${store.to.at(edge)} ${store.kind.at(edge) === Kind.effect ? 'effect' : 'order'}`,
    )
    assert.equal(edges, expected)
  })

const paths = ['', 'a', 'b', 'a/x', 'a/y', 'a/x/1', 'a/x/2', 'b/x']
const somePaths = fc.array(fc.constantFrom(...paths), { maxLength: 2 })
const someTouches: fc.Arbitrary<Touches> = fc.oneof(
  fc.record({ reads: somePaths, writes: somePaths }),
  fc.record({ reads: somePaths, writes: somePaths, follows: fc.array(fc.constantFrom(...paths), { minLength: 1, maxLength: 2 }) }),
  fc.record({ reads: fc.array(fc.constantFrom(...paths), { minLength: 1, maxLength: 1 }) }),
  fc.record({ writes: fc.array(fc.constantFrom(...paths), { minLength: 1, maxLength: 1 }) }),
)

test('orders exactly what the rules order pair by pair', () => {
  fc.assert(
    fc.property(fc.array(someTouches, { maxLength: 14 }), (operations) => {
      const naive = naivePairs(operations).map(({ from, to }) => [from, to] as const)
      assert.equal(reachable(operations.length, edgesOf(infer(operations))), reachable(operations.length, naive))
    }),
    { numRuns: 1_000 },
  )
})

test('needs success exactly where the rules do', () => {
  fc.assert(
    fc.property(fc.array(someTouches, { maxLength: 14 }), (operations) => {
      const naive = naivePairs(operations).filter(({ effect }) => effect)
      const found = edgesOf(infer(operations), Kind.effect)
      assert.equal(found.map(([from, to]) => `${from}>${to}`).sort(), naive.map(({ from, to }) => `${from}>${to}`).sort())
    }),
    { numRuns: 1_000 },
  )
})

test('where places run out, nothing is ordered less, and no success is needed that was not', () => {
  const setOf = (list: string): readonly string[] => list.split(',').filter((one) => one !== '')
  fc.assert(
    fc.property(fc.array(someTouches, { maxLength: 14 }), fc.nat(6), (operations, places) => {
      const [whole, bounded] = [infer(operations), infer(operations, places)]
      const [before, beforeInBounded] = [whole, bounded].map((store) => reachable(operations.length, edgesOf(store))) as [
        string[],
        string[],
      ]
      before.forEach((list, index) => {
        for (const one of setOf(list)) assert.ok(setOf(beforeInBounded[index]!).includes(one), `${one} before ${index}`)
      })
      const needed = new Set(edgesOf(whole, Kind.effect).map(([from, to]) => `${from}>${to}`))
      for (const [from, to] of edgesOf(bounded, Kind.effect)) assert.ok(needed.has(`${from}>${to}`), `${from}>${to}`)
    }),
    { numRuns: 1_000 },
  )
})

test('as many places are made as there may be, however deep the paths are', () => {
  const find = resourceTree(1_000)
  const made = new Set(Array.from({ length: 500 }, (_, index) => find(`file:/a${index}${'/b'.repeat(200)}`).place))
  assert.is(made.size, 6) // Five whole paths, or nearly, and one for all others.
  assert.is(find(`file:/a0${'/b'.repeat(200)}`).exact, true)
  assert.equal([find('file:/new').exact, find('file:/new').holders.length], [false, 0])
})

const someOperations = fc.array(fc.tuple(someTouches, fc.array(fc.nat(), { maxLength: 2 }), fc.nat()), { maxLength: 12 }).map((rows) => {
  // Each may depend on those before it in a hidden order that is not that of the list.
  const hidden = rows.map(([, , weight], index) => ({ weight, index })).sort((a, b) => a.weight - b.weight)
  const rank = new Map(hidden.map(({ index }, at) => [index, at]))
  return rows.map(([touches, picks], index) => ({
    touches,
    dependencies: [...new Set(picks.map((pick) => hidden[pick % rows.length]!.index))].filter((from) => rank.get(from)! < rank.get(index)!),
  }))
})

test('orders what dependencies rearrange by their order, and closes no circle', () => {
  fc.assert(
    fc.property(someOperations, (operations) => {
      const needs = needsOf(operations.map(({ dependencies }) => ({ dependencies, sources: [] })))
      const order = topologicalOrder(needs)
      assert.is(order.length, operations.length)
      const store = new EdgeStore(operations.length)
      const explicit = operations.flatMap(({ dependencies }, to) => dependencies.map((from) => [from, to] as const))
      inferEdges(order, needs, (index) => accessesOfTouches(operations[index]!.touches), store)

      const inListOrder = naivePairs([...order].map((index) => operations[index]!.touches))
      const naive = inListOrder.map(({ from, to }) => [order[from]!, order[to]!] as const)
      const found = reachable(operations.length, [...explicit, ...edgesOf(store)])
      assert.equal(found, reachable(operations.length, [...explicit, ...naive]))
      found.forEach((before, index) => assert.not.ok(before.split(',').includes(String(index))))

      const given = new Set(explicit.map(([from, to]) => `${from}>${to}`))
      const effects = inListOrder.filter(({ effect }) => effect).map(({ from, to }) => `${order[from]}>${order[to]}`)
      const added = edgesOf(store, Kind.effect).map(([from, to]) => `${from}>${to}`)
      assert.equal(added.sort(), effects.filter((pair) => !given.has(pair)).sort())
    }),
    { numRuns: 500 },
  )
})

const half = 50_000
const large: readonly (readonly [title: string, operations: (index: number) => Touches])[] = [
  [
    'writes by turns with programs that follow their folder',
    (index) => (index % 2 === 0 ? { writes: [`a/${index}`] } : { follows: ['a'] }),
  ],
  ['reads of a folder before writes in it', (index) => (index < half ? { reads: ['a'] } : { writes: [`a/${index}`] })],
  ['reads of a folder by turns with writes in it', (index) => (index % 2 === 0 ? { reads: ['a'] } : { writes: [`a/${index}`] })],
  ['writes in a folder before reads of it', (index) => (index < half ? { writes: [`a/${index}`] } : { reads: ['a'] })],
  ['programs before writes', (index) => (index < half ? { follows: ['a'] } : { writes: [`a/${index}`] })],
  ['reads by turns with writes of one file', (index) => (index % 2 === 0 ? { reads: ['a'] } : { writes: ['a'] })],
]

for (const [title, touches] of large)
  test(`needs few edges for ${title}`, () => {
    const operations = Array.from({ length: 2 * half }, (_, index) => touches(index))
    const store = infer(operations)
    assert.ok(store.from.length <= 4 * operations.length, `${store.from.length} edges`)
    assert.ok(store.nodes <= 2 * operations.length, `${store.nodes} nodes`)
  })

test('a path of a million levels is only a wide place', () => {
  const deep = 'a/'.repeat(1_000_000)
  const store = infer([{ writes: [deep] }, { writes: [`${deep}b`] }, { reads: [deep] }])
  assert.equal(edgesOf(store, Kind.effect), [])
  assert.equal(edgesOf(store), [
    [0, 1],
    [1, 2],
  ])
})

test.run()

import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cycles } from '../../../src/graph/edges/cycles.js'
import { Kind } from '../../../src/graph/edges/edgeStore.js'
import { topologicalOrder } from '../../../src/graph/edges/topologicalOrder.js'
import type { ExplicitEdges } from '../../../src/graph/edges/explicitEdges.js'
import { needsOf } from '../../support/needs.js'

const test = suite('listOrder')

const needs = (lists: readonly (readonly number[])[]): ExplicitEdges =>
  needsOf(lists.map((sources) => ({ dependencies: sources, sources: [] })))

test('leaves a list that is in order as it is', () => {
  assert.equal([...topologicalOrder(needs([[], [0], [], [1]]))], [0, 1, 2, 3])
})

test('takes the first place whose needs are met', () => {
  assert.equal([...topologicalOrder(needs([[3], [], [0], []]))], [1, 3, 0, 2])
})

test('leaves out what is in a circle, and what waits for it', () => {
  assert.equal([...topologicalOrder(needs([[1], [0], [], [0, 2]]))], [2])
})

test('counts a pair once, as a dependency when it is a reference too', () => {
  const { starts, sources, kinds } = needsOf([
    { dependencies: [], sources: [] },
    { dependencies: [], sources: [] },
    { dependencies: [1, 1], sources: [1, 0] },
  ])
  assert.equal(
    { starts: [...starts], sources: [...sources], kinds: [...kinds] },
    { starts: [0, 0, 0, 2], sources: [1, 0], kinds: [Kind.explicit, Kind.reference] },
  )
})

const someNeeds = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { maxLength: 12 })
  .map((lists) => lists.map((picks) => [...new Set(picks.map((pick) => pick % lists.length))]))

/** The first place not yet taken whose needs are all taken, over and over. */
const naiveOrder = (lists: readonly (readonly number[])[]): readonly number[] => {
  const order: number[] = []
  for (;;) {
    const next = lists.findIndex((sources, index) => !order.includes(index) && sources.every((source) => order.includes(source)))
    if (next < 0) return order
    order.push(next)
  }
}

test('is the order in which the first free place is taken each time', () => {
  fc.assert(
    fc.property(someNeeds, (lists) => {
      assert.equal([...topologicalOrder(needs(lists))], naiveOrder(lists))
    }),
    { numRuns: 1_000 },
  )
})

test('circles are real, have no place in common, and leave no other untouched', () => {
  fc.assert(
    fc.property(someNeeds, (lists) => {
      const circles = cycles(needs(lists), topologicalOrder(needs(lists)))
      const taken = circles.flat()
      assert.is(new Set(taken).size, taken.length)
      for (const circle of circles) {
        circle.forEach((index, at) => assert.ok(lists[index]!.includes(circle[(at + 1) % circle.length]!)))
        assert.is(circle[0], Math.min(...circle))
      }
      const rest = lists.map((sources, index) => (taken.includes(index) ? [] : sources.filter((source) => !taken.includes(source))))
      assert.is(naiveOrder(rest).length, lists.length)
    }),
    { numRuns: 1_000 },
  )
})

test('finds a circle of 100,000 places', () => {
  const count = 100_000
  const round = needs(Array.from({ length: count }, (_, index) => [(index + 1) % count]))
  const [circle] = cycles(round, topologicalOrder(round))
  assert.is(circle!.length, count)
  assert.equal(circle!.slice(0, 3), [0, 1, 2])
})

test.run()

import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RankedHeap } from '../../../src/graph/edges/rankedHeap.js'

const test = suite('RankedHeap')

test('gives the smallest rank first, and equal ranks in the order they came', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9), { maxLength: 100 }), (ranks) => {
      const heap = new RankedHeap()
      ranks.forEach((rank, item) => heap.add(item, rank))
      const taken = ranks.map(() => [heap.best, heap.take()])
      const expected = ranks.map((rank, item) => [rank, item]).sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!)
      assert.equal(taken, expected)
    }),
  )
})

test('is empty after its last item', () => {
  const heap = new RankedHeap()
  heap.add(7, 1)
  assert.is(heap.take(), 7)
  assert.is(heap.take(), -1)
  assert.is(heap.best, Infinity)
})

test.run()

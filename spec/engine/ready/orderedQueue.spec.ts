import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { orderedQueue } from '../../../src/engine/ready/orderedQueue.js'

const test = suite('orderedQueue')

test('gives the smallest rank first, and equal ranks in the order they came', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9), { maxLength: 100 }), (ranks) => {
      const queue = orderedQueue()
      ranks.forEach((rank, item) => queue.add(item, rank))
      const taken = ranks.map(() => [queue.best(), queue.take()])
      const expected = ranks.map((rank, item) => [rank, item]).sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!)
      assert.equal(taken, expected)
    }),
  )
})

test('is empty after its last item', () => {
  const queue = orderedQueue()
  queue.add(7, 1)
  assert.is(queue.take(), 7)
  assert.is(queue.take(), -1)
  assert.is(queue.best(), Infinity)
})

test.run()

import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { indexQueue } from '../../../src/engine/ready/indexQueue.js'

const test = suite('indexQueue')

test('gives the smallest first, whatever order they came in', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(40_000), { maxLength: 200 }), (indexes) => {
      const queue = indexQueue(40_001)
      for (const index of indexes) queue.add(index)
      const taken = indexes.map(() => queue.take())
      assert.equal(
        taken,
        [...indexes].sort((a, b) => a - b),
      )
      assert.is(queue.take(), -1)
    }),
  )
})

test('agrees with a sorted list when adding and taking alternate', () => {
  const step = fc.option(fc.nat(99), { nil: undefined })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const queue = indexQueue(100)
      const model = new Set<number>()
      for (const index of steps) {
        if (index !== undefined && !model.has(index)) {
          queue.add(index)
          model.add(index)
        } else {
          const least = model.size === 0 ? -1 : Math.min(...model)
          assert.is(queue.peek(), least)
          assert.is(queue.take(), least)
          model.delete(least)
        }
        assert.is(queue.size, model.size)
      }
    }),
  )
})

test('holds exactly as many as its bound, also at the edge of a word', () => {
  for (const bound of [0, 1, 31, 32, 33, 1_024, 1_025]) {
    const queue = indexQueue(bound)
    for (let index = bound - 1; index >= 0; index--) queue.add(index)
    for (let index = 0; index < bound; index++) assert.is(queue.take(), index, `bound ${bound}`)
    assert.is(queue.take(), -1)
  }
})

test.run()

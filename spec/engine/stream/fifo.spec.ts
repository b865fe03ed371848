import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Fifo } from '../../../src/engine/stream/fifo.js'

const test = suite('fifo')

test('agrees with a list that is shifted', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 5_000, size: 'max' }), (steps) => {
      const queue = new Fifo<number>()
      const model: number[] = []
      steps.forEach((push, step) => {
        if (push) {
          queue.push(step)
          model.push(step)
        } else assert.is(queue.take(), model.shift())
        assert.is(queue.size, model.length)
      })
    }),
    { numRuns: 50 },
  )
})

test('keeps the order over many cuts when it never gets empty', () => {
  const queue = new Fifo<number>()
  let expected = 0
  for (let item = 0; item < 20_000; item++) {
    queue.push(item)
    if (item % 3 !== 0) assert.is(queue.take(), expected++)
  }
  assert.is(queue.size, 20_000 - expected)
})

test.run()

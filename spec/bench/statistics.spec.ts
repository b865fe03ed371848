import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { growthExponent, ratiosOf, spreadOf } from './statistics.js'

const test = suite('statistics of the benchmark')

test('a spread is the middle, the least and the most', () => {
  assert.equal(spreadOf([3, 1, 10]), { median: 3, low: 1, high: 10 })
  assert.equal(spreadOf([4, 2]), { median: 3, low: 2, high: 4 })
})

test('a ratio is of one round, and a round in which one of the two is missing has none', () => {
  assert.equal(ratiosOf([1, 2, undefined, 4], [2, 6, 8, undefined]), [2, 3])
})

test('growth in proportion has exponent 1, growth with the square 2, whatever the factor', () => {
  const sizes = [100, 1_000, 10_000]
  assert.ok(Math.abs(growthExponent(sizes.map((size) => [size, 7 * size])) - 1) < 1e-9)
  assert.ok(Math.abs(growthExponent(sizes.map((size) => [size, 0.1 * size ** 2])) - 2) < 1e-9)
})

test.run()

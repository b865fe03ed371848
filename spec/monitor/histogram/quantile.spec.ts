import * as fc from 'fast-check'
import * as oracle from 'simple-statistics'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { median, quantile } from '../../../src/monitor/histogram/quantile.js'

const test = suite('quantile')

// R 4: quantile(c(1, 3, 4, 8, 15), q), type 7, by hand from Hyndman and Fan (1996): position (n - 1) q.
const rows: readonly (readonly [q: number, expected: number])[] = [
  [0, 1],
  [0.25, 3],
  [0.4, 3.6],
  [0.5, 4],
  [0.95, 13.6],
  [1, 15],
]
for (const [q, expected] of rows)
  test(`of type 7: ${q}`, () =>
    assert.ok(Math.abs(quantile([1, 3, 4, 8, 15], q) - expected) < 1e-12, String(quantile([1, 3, 4, 8, 15], q))))

test('is not a number when there are none', () => assert.ok(Number.isNaN(quantile([], 0.5))))

test('has the median that simple-statistics has, whatever the order', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 }), (values) => {
      assert.ok(Math.abs(median(values) - oracle.median(values)) < 1e-9)
    }),
  )
})

test.run()

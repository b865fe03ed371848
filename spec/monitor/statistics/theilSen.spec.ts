import * as fc from 'fast-check'
import * as oracle from 'simple-statistics'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { theilSen } from '../../../src/monitor/statistics/theilSen.js'

const test = suite('theilSen')

const values = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 30 })

const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))

test('is the line itself where there is one, as least squares has it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -50, max: 50 }),
      fc.integer({ min: -50, max: 50 }),
      fc.integer({ min: 2, max: 20 }),
      (slope, start, n) => {
        const points = Array.from({ length: n }, (_, x) => [x, start + slope * x])
        const { m, b } = oracle.linearRegression(points)
        const line = theilSen(points.map(([, y]) => y!))
        assert.ok(close(line.slope, m) && close(line.intercept, b))
      },
    ),
  )
})

test('is the median of all slopes, by the median of simple-statistics', () => {
  fc.assert(
    fc.property(values, (given) => {
      const slopes = given.flatMap((a, i) => given.slice(i + 1).map((b, j) => (b - a) / (j + 1)))
      assert.ok(close(theilSen(given).slope, oracle.median(slopes)))
    }),
  )
})

test('is not moved by an outlier', () => assert.is(theilSen([1, 2, 3, 400, 5, 6, 7, 8, 9, 10]).slope, 1))

test('is not a number for one value', () => assert.ok(Number.isNaN(theilSen([1]).slope)))

test.run()

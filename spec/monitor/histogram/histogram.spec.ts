import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bucketCount, histogram, type Histogram } from '../../../src/monitor/histogram/histogram.js'

const test = suite('histogram')

const of = (values: readonly number[]): Histogram => {
  const counted = histogram()
  values.forEach((value) => counted.record(value))
  return counted
}

const time = fc.double({ min: 0.001, max: 1e9, noNaN: true })

test('is at most 4.4 % off the value of the rank', () => {
  fc.assert(
    fc.property(fc.array(time, { minLength: 1, maxLength: 300 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
      const ranked = Float64Array.from(values).sort()
      const exact = ranked[Math.max(1, Math.ceil(q * ranked.length)) - 1]!
      assert.ok(Math.abs(of(values).quantile(q) - exact) <= 0.044 * exact)
    }),
  )
})

test('counts, adds and keeps both ends exactly', () => {
  const { count, sum, min, max } = of([3, 0.5, 40])
  assert.equal({ count, sum, min, max }, { count: 3, sum: 43.5, min: 0.5, max: 40 })
})

test('comes to the same whether it is merged or counted at once', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(10_000)), fc.array(fc.nat(10_000)), (some, others) => {
      const merged = of(some)
      merged.merge(of(others))
      assert.equal(merged.toJSON(), of([...some, ...others]).toJSON())
    }),
  )
})

test('comes back from JSON as it was', () => {
  fc.assert(
    fc.property(fc.array(time), (values) => {
      const data = of(values).toJSON()
      assert.equal(histogram(JSON.parse(JSON.stringify(data))).toJSON(), data)
    }),
  )
})

test('writes only the buckets in use', () => {
  assert.equal(of([1, 1.05, 1.2]).toJSON(), { first: 160, counts: [2, 0, 1], sum: 3.25, min: 1, max: 1.2 })
})

test('takes up 4 KB', () => {
  assert.is(bucketCount * Float64Array.BYTES_PER_ELEMENT, 4096)
})

const edges: readonly (readonly [what: string, values: readonly number[], median: number])[] = [
  ['nothing', [], 0],
  ['zero', [0, 0, 0], 0],
  ['less than a nanosecond', [1e-9], 1e-9],
  ['longer than five centuries', [1e20, 1e20, 1e20], 1e20],
  ['one value', [7], 7],
]
for (const [what, values, expected] of edges) test(`tells the median of ${what}`, () => assert.is(of(values).quantile(0.5), expected))

test.run()

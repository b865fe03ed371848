import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { mannKendall } from '../../../src/monitor/statistics/mannKendall.js'

const test = suite('mannKendall')

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, index) => index + 1)

interface Published {
  readonly source: string
  readonly values: readonly number[]
  readonly s?: number
  readonly variance?: number
  readonly z: number
  readonly digits: number
}

const published: readonly Published[] = [
  {
    source: 'J. Little, "A Mann-Kendall Example (By Hand)", College of the Holy Cross',
    values: [12.9, 14.8, 13.2, 15.7, 13.8, 15.6, 12.9, 11.0, 17.3, 15.9, 19.0, 18.3, 20.1, 21.7],
    s: 54,
    variance: (14 * 13 * 33 - 2 * 1 * 9) / 18,
    z: 2.9058,
    digits: 4,
  },
  {
    source: 'R. O. Gilbert, Statistical Methods for Environmental Pollution Monitoring (1987), page 212',
    values: [20, 20, 20, 20, 15, 20, 20, 30, 27, 26, 23, 35, 25, 28, 70, 26, 24, 34, 32, 23, 50, 30],
    z: 3.1,
    digits: 1,
  },
  { source: 'the tests of MannKendall.jl (Hussain): 1 to 100', values: upTo(100), s: 4950, variance: 112_750, z: 14.7387, digits: 4 },
]

for (const { source, values, s, variance, z, digits } of published)
  test(`has the figures of ${source}`, () => {
    const found = mannKendall(values)
    if (s !== undefined) assert.is(found.s, s)
    if (variance !== undefined) assert.ok(Math.abs(found.variance - variance) < 1e-9)
    assert.is(found.z.toFixed(digits), z.toFixed(digits))
  })

test('is 0 when all values are the same, or there are none', () => {
  assert.equal(mannKendall([5, 5, 5]), { s: 0, variance: 0, z: 0 })
  assert.equal(mannKendall([]), { s: 0, variance: 0, z: 0 })
})

test('turns its sign with the order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), (values) => {
      assert.is(mannKendall([...values].reverse()).z + mannKendall(values).z, 0)
    }),
  )
})

test.run()

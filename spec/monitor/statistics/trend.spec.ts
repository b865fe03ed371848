import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { trendOfValues } from '../../../src/monitor/statistics/trend.js'
import { unchangedSeries } from './unchangedSeries.js'

const test = suite('trendOfValues')

const up = [200, 205, 212, 221, 224, 230, 241, 247, 252, 260]
const down = [...up].reverse()

const rows: readonly (readonly [title: string, values: readonly number[], better: 'lower' | 'higher', verdict: string])[] = [
  ['times that go up', up, 'lower', 'declining'],
  ['times that go down', down, 'lower', 'improving'],
  ['throughput that goes up', up, 'higher', 'improving'],
  ['throughput that goes down', down, 'higher', 'declining'],
  ['a rise of less than a tenth', up.map((value) => 1_000 + value), 'lower', 'steady'],
  ['no order', [210, 200, 240, 190, 250, 205, 230, 215, 195, 245], 'lower', 'steady'],
  ['all the same', up.map(() => 200), 'lower', 'steady'],
  ['all nothing', up.map(() => 0), 'lower', 'steady'],
  ['one slow run at the end', [...up.map(() => 200), 900], 'lower', 'steady'],
  ['six that go up', up.slice(0, 6), 'lower', 'declining'],
  ['five that go up', up.slice(0, 5), 'lower', 'too-few'],
]
for (const [title, values, better, verdict] of rows)
  test(`is told of ${title}: ${verdict}`, () => assert.is(trendOfValues(values, better).verdict, verdict))

test('tells what one more run adds, what that comes to, and how sure it is', () => {
  const trend = trendOfValues([100, 110, 120, 130, 140, 150, 160, 170, 180, 190], 'lower')
  assert.ok(trend.verdict === 'declining')
  assert.is(trend.slope, 10)
  assert.is(trend.change, 90 / 145)
  assert.is(trend.z.toFixed(3), '3.935')
  assert.ok(trend.confidence > 0.9999)
})

test('finds every steady rise of at least a tenth, however many runs', () => {
  fc.assert(
    fc.property(fc.integer({ min: 6, max: 200 }), fc.double({ min: 0.15, max: 3, noNaN: true }), (n, rise) => {
      const values = Array.from({ length: n }, (_, index) => 100 * (1 + (rise * index) / (n - 1)))
      assert.is(trendOfValues(values, 'lower').verdict, 'declining')
      assert.is(trendOfValues(values.reverse(), 'lower').verdict, 'improving')
    }),
  )
})

for (const runs of [10, 14, 24, 60, 200])
  test(`raises a false alarm for at most 2 of 100 unchanged series of ${runs}`, () => {
    const next = unchangedSeries(runs)
    const rounds = 1_500
    let alarms = 0
    for (let round = 0; round < rounds; round++) if (trendOfValues(next(runs), 'lower').verdict !== 'steady') alarms++
    assert.ok((100 * alarms) / rounds <= 2, `${(100 * alarms) / rounds} %`)
  })

test.run()

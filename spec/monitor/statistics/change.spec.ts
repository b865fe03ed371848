import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { changeOf } from '../../../src/monitor/statistics/change.js'
import { unchangedSeries } from './unchangedSeries.js'

const test = suite('changeOf')

const base = [100, 104, 98, 101, 99, 102]
const times = (factor: number): readonly number[] => base.map((value) => value * factor)

const rows: readonly (readonly [title: string, before: readonly number[], after: readonly number[], verdict: string])[] = [
  ['the same again', base, base, 'same'],
  ['4 % more, which is less than 5 %', base, times(1.04), 'same'],
  ['30 % more', base, times(1.3), 'slower'],
  ['30 % less', base, times(0.7), 'faster'],
  ['30 % more of 10 ms, which is less than 5 ms', base.map((ms) => ms / 10), times(0.13), 'same'],
  ['30 % less of 10 ms', base.map((ms) => ms / 10), times(0.07), 'same'],
  ['one slow run of six', base, [100, 104, 98, 101, 99, 900], 'same'],
  ['four a side', base.slice(0, 4), times(2).slice(0, 4), 'too-few'],
  ['four before', base.slice(0, 4), times(2), 'too-few'],
  ['nothing', [], [], 'too-few'],
]
for (const [title, before, after, verdict] of rows)
  test(`is told of ${title}: ${verdict}`, () => assert.is(changeOf(before, after).verdict, verdict))

test('tells both medians and the interval', () => {
  const change = changeOf(base, times(1.3))
  assert.ok(change.verdict === 'slower')
  assert.is(change.beforeMs, 100.5)
  assert.ok(change.low <= change.ratio && change.ratio <= change.high && Math.abs(change.ratio - 1.3) < 1e-9)
})

test('is the same for the same seed', () => assert.equal(changeOf(base, times(1.3), 7), changeOf(base, times(1.3), 7)))

/** How often five runs are called slower, and faster, than twenty before them, in %. */
function found(factor: number, rounds: number): { readonly slower: number; readonly faster: number } {
  const next = unchangedSeries(2)
  let [slower, faster] = [0, 0]
  for (let round = 0; round < rounds; round++) {
    const series = next(25)
    const { verdict } = changeOf(
      series.slice(0, 20),
      series.slice(20).map((value) => value * factor),
      round,
    )
    if (verdict === 'slower') slower++
    if (verdict === 'faster') faster++
  }
  return { slower: (100 * slower) / rounds, faster: (100 * faster) / rounds }
}

test('raises a false alarm for at most 2 of 100 unchanged series', () => {
  const { slower, faster } = found(1, 1_000)
  assert.ok(slower + faster <= 2, `${slower} % slower, ${faster} % faster`)
})

test('finds +20 % over five runs in at least 65 of 100', () => {
  const { slower } = found(1.2, 400)
  assert.ok(slower >= 65, `${slower} %`)
})

test('finds +40 % over five runs in at least 98 of 100', () => {
  const { slower } = found(1.4, 400)
  assert.ok(slower >= 98, `${slower} %`)
})

test.run()

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { speedUpLines, speedUpOf } from '../../../../src/cli/run/sequential/speedUp.js'
import { unpainted } from '../../../../src/terminal/text/paint.js'
import { runRecord } from '../../../monitor/history/records.js'

const test = suite('a measured speed-up')

const runs = (makespans: readonly number[]) =>
  makespans.map((makespanMs) => runRecord({ makespanMs, criticalPathMs: 600, workMs: 3_600, slotMs: 3_600, concurrency: 6 }))
const lines = (batch: readonly number[], sequential: readonly number[]): readonly string[] =>
  speedUpLines(speedUpOf(runs(batch), runs(sequential), 'as-asked'), unpainted)

test('is told with its interval, beside the most that is possible', () => {
  assert.equal(lines([900, 900, 900, 900, 900], [3_600, 3_600, 3_600, 3_600, 3_600]), [
    'Both were run 5 times in turn, each in a fresh copy of the root:',
    '  batch, at most 6 at once: 900 ms',
    '  one at a time: 3.6 s',
    'Speed-up 4.00x (97 % interval 4.00x to 4.00x).',
    'In any order these operations take at least 600 ms (the longest chain or the work ÷ 6, whichever is longer); their work is 6.00x that.',
  ])
})

test('of few runs makes no interval of them', () => {
  assert.is(lines([900, 1_000], [3_600, 4_000])[3], 'Speed-up 4.00x (from 3.60x to 4.44x in 2 runs).')
  assert.is(lines([900], [3_600])[3], 'Speed-up 4.00x (measured once).')
})

test('is no headline where its interval holds 1', () => {
  assert.match(
    lines([900, 1_000, 1_100, 950, 1_050], [1_000, 900, 1_100, 1_050, 950])[3]!,
    /^No measurable speed-up: it lies between 0\.\d\dx and 1\.\d\dx \(97 % interval\)\.$/,
  )
})

test('says that its interval stayed wide', () => {
  const wide = speedUpOf(runs([900, 1_000, 1_100, 950, 2_050]), runs([3_000, 2_900, 4_100, 5_050, 2_950]), 'budget')
  assert.is(
    speedUpLines(wide, unpainted)[4],
    'The interval is still wide after the default number of rounds: --compare-sequential=100 runs more; on a quiet machine, fewer are enough.',
  )
})

test('takes the bound, and how much can be done at once, from the same attempts', () => {
  const { lowerBoundMs, highestSpeedup } = speedUpOf(runs([900, 900, 900, 900, 900]), runs([9_000, 9_000, 9_000, 9_000, 9_000]), 'narrow')
  assert.equal([lowerBoundMs, highestSpeedup], [600, 6])
})

test('is below 1 when the batch was the slower one', () => {
  assert.is(lines([2_000], [1_000])[3], 'Speed-up 0.50x (measured once).')
})

test.run()

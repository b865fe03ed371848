import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { unpainted } from '../../../src/terminal/text/paint.js'
import { metricText } from '../../../src/cli/trend/metricText.js'
import { sparkline } from '../../../src/cli/trend/sparkline.js'
import { trendText } from '../../../src/cli/trend/trendText.js'
import { trendOf } from '../../../src/monitor/history/trendOf.js'
import { runRecord } from '../../monitor/history/records.js'

const test = suite('a trend in words')

const textOf = (makespans: readonly number[], metric = 'makespanMs'): readonly string[] => {
  const runs = makespans.map((makespanMs, index) => ({ ...runRecord({ makespanMs, workMs: 1_000 }), startedAt: index }))
  const found = trendOf(runs, metric)
  if (found._tag === 'Left') throw new Error(found.left.metric)
  return trendText(found.right, unpainted)
}
const slowing = [200, 205, 212, 221, 224, 230, 241, 247, 252, 260]

test('ten runs that slow down are declining; how much, how sure, and which way is good', () => {
  assert.equal(textOf(slowing), [
    'makespanMs, 10 runs, oldest first:',
    '▁▂▂▃▄▅▆▆▇█  200 ms to 260 ms, last 260 ms',
    'declining: up 26.4 % from the first run to the last, 6.7 ms a run, with more than 99.9 % confidence; lower is better.',
  ])
})

test('ten that speed up are improving', () => {
  assert.match(textOf(slowing.toReversed())[2]!, /^improving: down 26\.4 % from the first run to the last, 6\.7 ms a run, with /)
})

test('the same runs are improving by a metric of which more is better', () => {
  assert.match(textOf(slowing.toReversed(), 'meanConcurrency')[2]!, /^improving: up .+; higher is better\.$/)
})

test('noise is called so', () => {
  assert.match(
    textOf([200, 210, 204, 198, 207, 201])[2]!,
    /^steady: no trend beyond the noise \(slope -?[\d.]+ ms a run, confidence [\d.]+ %\)\.$/,
  )
})

test('a few runs are too few', () => {
  assert.equal(textOf([1, 2]), ['makespanMs: too few runs to tell. There are 2 like the last one; a trend needs 6.'])
})

test('a line of bars runs from the least to the greatest; values all alike are neither', () => {
  assert.is(sparkline([1, 2, 3, 8], 60), '▁▂▃█')
  assert.is(sparkline([5, 5, 5], 60), '▄▄▄')
  assert.is(sparkline([], 60), '')
})

test('more values than fit are drawn as medians of neighbours', () => {
  assert.is(sparkline([1, 1, 9, 1, 5, 5, 5, 5, 9, 9, 9, 9], 3), '▁▅█')
})

for (const [metric, value, text] of [
  ['makespanMs', 1_240, '1.2 s'],
  ['makespanMs', -6.66, '-6.7 ms'],
  ['shell.run.p95Ms', 0.42, '0.42 ms'],
  ['successRate', 0.955, '95.5 %'],
  ['throughput', 12.34, '12.3 a second'],
  ['retries', 3, '3'],
] as const)
  test(`${value} of ${metric} is ${text}`, () => assert.is(metricText(metric, value), text))

test.run()

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runMetric, runMetricNames } from '../../../src/monitor/history/runMetric.js'
import type { RunRecord } from '../../../src/monitor/history/runRecord.js'
import { describeUnknownMetric, trendOf } from '../../../src/monitor/history/trendOf.js'
import { runRecord, typeRecord } from './records.js'

const test = suite('trendOf')

const makespans = [200, 205, 212, 221, 224, 230, 241, 247, 252, 260]

const spacings: readonly (readonly [title: string, startedAt: (index: number) => number])[] = [
  ['one a minute', (index) => index * 60_000],
  ['ever further apart', (index) => 1_000 * 3 ** index],
  ['nine at once, one a year later', (index) => (index === 9 ? 31_536_000_000 : index)],
]

const history = (values: readonly number[], startedAt: (index: number) => number): readonly RunRecord[] =>
  values.map((makespanMs, index) => runRecord({ runId: `r${index}`, makespanMs, startedAt: startedAt(index) }))

const right = (runs: readonly RunRecord[], metric: string) => {
  const found = trendOf(runs, metric)
  assert.ok(found._tag === 'Right')
  return found.right
}

for (const [title, startedAt] of spacings) {
  test(`calls ten runs that slow down steadily declining, ${title}`, () =>
    assert.is(right(history(makespans, startedAt), 'makespanMs').trend.verdict, 'declining'))
  test(`calls ten runs that speed up steadily improving, ${title}`, () =>
    assert.is(right(history([...makespans].reverse(), startedAt), 'makespanMs').trend.verdict, 'improving'))
}

test('knows that more throughput is better', () => {
  const { better, trend } = right(history(makespans, Number), 'throughput')
  assert.equal([better, trend.verdict], ['higher', 'declining'])
})

test('follows the time of one type', () => {
  const runs = makespans.map((ms, index) => runRecord({ startedAt: index, types: [typeRecord('file.write', [ms, ms])] }))
  assert.is(right(runs, 'file.write.p95Ms').trend.verdict, 'declining')
})

test('orders runs by their start, wherever they stand in the list', () => {
  const runs = history(makespans, Number)
  assert.equal(
    right([...runs].reverse(), 'makespanMs').points.map(({ runId }) => runId),
    runs.map(({ runId }) => runId),
  )
})

test('leaves out runs that cannot be compared with the last, and says how many', () => {
  const runs = [
    ...history(makespans, Number).map((run) => ({ ...run, cpus: 8 })),
    ...history(makespans.slice(0, 3), (index) => 100 + index),
  ]
  const { points, notComparable, trend } = right(runs, 'makespanMs')
  assert.equal([points.length, notComparable, trend], [3, 10, { verdict: 'too-few', values: 3 }])
})

test('refuses a metric that no run has, naming those there are', () => {
  const found = trendOf([runRecord({ types: [typeRecord('a.b', [1])] })], 'makespanM')
  assert.ok(found._tag === 'Left')
  assert.is(
    describeUnknownMetric(found.left),
    'No run has a metric called "makespanM".\nDid you mean "makespanMs"? There are: makespanMs, workMs, retriedMs, retries, successRate, ' +
      'throughput, meanConcurrency, slotUtilisation, retriedShare, dependencyIdleShare, poolIdleShare, a.b.p50Ms, a.b.p95Ms, a.b.meanMs, ' +
      'a.b.timeouts.',
  )
})

test('refuses any metric nobody knows when there are no runs', () => {
  const found = trendOf([], 'speed')
  assert.ok(found._tag === 'Left')
  assert.is(describeUnknownMetric(found.left), 'No run has a metric called "speed": there are no runs.')
  assert.equal(right([], 'makespanMs').trend, { verdict: 'too-few', values: 0 })
})

const run = runRecord({ criticalPathMs: 800, types: [typeRecord('a.b', [10, 20, 60])] })
const rows: readonly (readonly [metric: string, value: number])[] = [
  ['makespanMs', 1_000],
  ['workMs', 3_000],
  ['successRate', 1],
  ['throughput', 10],
  ['meanConcurrency', 3],
  ['slotUtilisation', 0.5],
  ['criticalPathMs', 800],
  ['lowerBoundMs', 800],
  ['efficiency', 0.8],
  ['a.b.p50Ms', 20],
  ['a.b.meanMs', 30],
]
for (const [metric, value] of rows) test(`reads ${metric}`, () => assert.is(runMetric(metric)?.of(run), value))

test('names every metric that a run has', () => assert.is(runMetricNames([run]).length, 18))

const steady = [200, 201, 199, 203, 202, 200]
const slow = [400, 402, 399, 401, 403, 404]

test('names the run at which a step began', () => {
  const { since, trend } = right(history([...steady, ...slow], Number), 'makespanMs')
  assert.is(trend.verdict, 'declining')
  assert.equal([since?.runId, since?.value], ['r6', 400])
  assert.is(right(history([...steady, ...steady], Number), 'makespanMs').since, undefined)
})

test('runs that failed are no evidence of speed, and are of success', () => {
  const failed = { total: 10, succeeded: 1, failed: 9, skipped: 0, cancelled: 0 }
  const runs = [...steady, ...slow].map((makespanMs, index) =>
    runRecord({
      runId: `r${index}`,
      startedAt: index,
      makespanMs,
      ...(index >= 6 && { ok: false, counts: failed }),
    }),
  )
  const { trend, points, noEvidence } = right(runs, 'makespanMs')
  assert.equal([trend.verdict, points.length, noEvidence], ['steady', 6, 6])
  const rate = right(runs, 'successRate')
  assert.equal([rate.points.length, rate.noEvidence], [12, 0])
})

test('runs of one given name are runs of one plan; else another plan is left out', () => {
  const changed = (name?: string) =>
    [...steady, ...slow].map((makespanMs, index) =>
      runRecord({ startedAt: index, makespanMs, shape: index < 6 ? 'a' : 'b', ...(name !== undefined && { name }) }),
    )
  assert.is(right(changed(), 'makespanMs').notComparable, 6)
  const { notComparable, since } = right(changed('nightly'), 'makespanMs')
  assert.equal([notComparable, since?.value], [0, 400])
})

test.run()

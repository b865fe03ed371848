import { filter, lastValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { monitor, operation, runBatch, trends, type AnyEvent, type RunTrend, type TrendChanged } from '../../../src/index.js'
import { runTrendText } from '../../../src/monitor/trends/runTrendText.js'
import { recordOf } from '../../../src/monitor/history/runRecorder.js'
import type { RunRecord } from '../../../src/monitor/history/runRecord.js'
import { graphOf, take, virtualRun } from '../virtualRun.js'

const test = suite('trends')

const isChange = (event: AnyEvent): event is TrendChanged => event.type === 'trend-changed'

/** A chain whose operations take 100 ms, and from the half on 200. */
function chain(length: number, slow: (index: number) => boolean): object {
  const operations = Array.from({ length }, (_, index) =>
    take(`op${index}`, (slow(index) ? 200 : 100) + (index % 3), index === 0 ? {} : { dependencies: [`op${index - 1}`] }),
  )
  return { concurrency: 2, operations }
}

const halfWay = chain(60, (index) => index >= 30)

test('a run that slows down half way tells it while it runs, in virtual time, behind the event that made it sure', () => {
  const told = virtualRun(halfWay, (scheduler) => monitor({ scheduler }))
  const changes = told.filter(isChange)
  assert.equal(
    changes.map(({ trend: { metric, name, direction, against, better } }) => ({ metric, name, direction, against, better })),
    [{ metric: 'runMs', name: 'test.take', direction: 'rising', against: 'run', better: 'lower' }],
  )
  const [change] = changes
  const { trend } = change!
  assert.ok(trend.ratio > 1.9 && trend.ratio < 2.1 && trend.confidence > 0.99 && trend.changePerMinute > 0, JSON.stringify(trend))
  // 30 operations of about 101 ms came before.
  assert.ok(Math.abs(trend.since - 3_030) < 110, `${trend.since}`)
  assert.match(change!.message, /^The run time of test\.take is rising: 20\d ms now, 101 ms before \((1\.9|2\.0)\dx\)\.$/)
  const before = told[told.indexOf(change!) - 1]!
  assert.is(before.type, 'operation-succeeded')
  assert.is('seq' in before && before.seq, change!.afterSeq)
})

test('each sample has the trends of everything there are values of', () => {
  const told = virtualRun(halfWay, (scheduler) => monitor({ scheduler }))
  const samples = told.flatMap((event) => (event.type === 'metrics-sampled' ? [event.trends] : []))
  assert.equal(samples[0]!.find(({ metric }) => metric === 'runMs')?.direction, 'unsettled')
  const last = new Map(samples.at(-1)!.map((trend) => [trend.metric, trend.direction]))
  assert.equal(
    [...last],
    [
      ['failureRate', 'steady'],
      ['readyQueue', 'steady'],
      ['runMs', 'rising'],
    ],
  )
})

test('trends() alone tells the same changes, without samples', () => {
  const changesOf = (events: readonly AnyEvent[]): readonly RunTrend[] => events.filter(isChange).map(({ trend }) => trend)
  const alone = virtualRun(halfWay, () => trends())
  assert.equal(changesOf(alone), changesOf(virtualRun(halfWay, (scheduler) => monitor({ scheduler }))))
  assert.is(alone.filter((event: AnyEvent) => event.type === 'metrics-sampled' || event.type === 'alert-raised').length, 0)
})

test('a run in which nothing changes tells nothing', () => {
  const steady = virtualRun(
    chain(200, () => false),
    () => trends(),
  )
  assert.equal(steady.filter(isChange), [])
})

test('a list of operations that are all ready at the start waits longer and longer, and tells no trend of it', () => {
  const operations = Array.from({ length: 200 }, (_, index) => take(`op${index}`, 90 + ((index * 7) % 20)))
  assert.equal(virtualRun({ concurrency: 4, operations }, () => trends()).filter(isChange), [])
})

test('a real run that slows down half way tells it before it ends', async () => {
  const sleep = (ms: number) => () => new Promise<void>((resolve) => void setTimeout(resolve, ms))
  const operations = Array.from({ length: 48 }, (_, index) => operation(`op${index}`, sleep(index < 24 ? 10 : 200)))
  const events = await lastValueFrom(
    runBatch(operations, { concurrency: 1 }).pipe(
      trends(),
      filter((event) => event.type === 'trend-changed' || event.type === 'run-finished'),
      toArray(),
    ),
  )
  const rising = events.findIndex((event) => isChange(event) && event.trend.metric === 'runMs' && event.trend.direction === 'rising')
  assert.ok(rising >= 0, JSON.stringify(events))
  assert.is(events.at(-1)?.type, 'run-finished')
})

test('with earlier runs, operations are compared with the very same ones: a run that is slow from its start is told early', () => {
  const plan = (factor: number): object => ({
    concurrency: 2,
    operations: Array.from({ length: 40 }, (_, index) => take(`op${index}`, (50 + index * 10) * factor)),
  })
  const graph = graphOf(plan(1))
  const about = { shape: 's', cpus: 2, nodeMajor: 20, graph }
  const recorded = (factor: number) =>
    recordOf(
      virtualRun(plan(factor), () => (events) => events),
      about,
    )!
  const history = [1, 1.02, 0.98, 1.01, 0.99].map(recorded)
  const against = (factor: number, runs: readonly RunRecord[]) =>
    virtualRun(plan(factor), (scheduler) => monitor({ scheduler, graph, history: runs })).flatMap((event) =>
      isChange(event) && event.trend.against === 'history' ? [event] : [],
    )
  const [slow, ...more] = against(1.5, history)
  assert.is(more.length, 0)
  assert.equal([slow?.trend.metric, slow?.trend.name, slow?.trend.direction, slow?.trend.since], ['runMs', 'test.take', 'rising', 0])
  assert.ok(slow!.at < 1_000 && Math.abs(slow!.trend.ratio - 1.5) < 0.02 && slow!.trend.confidence > 0.999, JSON.stringify(slow))
  assert.match(slow!.message, /^The run time of test\.take is rising: \d+ ms now, \d+ ms in earlier runs \(1\.5\dx\)\.$/)
  assert.is(against(0.5, history)[0]?.trend.direction, 'falling')
  // Each takes longer than the one before it, as in every earlier run.
  assert.equal(against(1.03, history), [])
  assert.equal(against(1.5, history.slice(0, 4)), [])
})

test('a trend in words', () => {
  const trend = { against: 'run', better: 'lower', ratio: 1, changePerMinute: 0, since: 0, confidence: 0 } as const
  const words: readonly (readonly [Partial<RunTrend> & Pick<RunTrend, 'metric' | 'direction' | 'before' | 'now'>, string])[] = [
    [
      { metric: 'throughput', direction: 'falling', before: 40, now: 20, ratio: 0.5 },
      'Throughput is falling: 20 a second now, 40 a second before (0.50x).',
    ],
    [{ metric: 'failureRate', direction: 'steady', before: 0.1, now: 0.125 }, 'The failure rate is steady: 12.5 %.'],
    [{ metric: 'readyQueue', direction: 'unsettled', before: 4, now: 1234 }, 'The number of ready operations is not clear yet: 1,230.'],
    [
      { metric: 'waitMs', name: 'file.write', direction: 'rising', before: 10, now: 31.26, ratio: 3.126, against: 'history' },
      'The wait of the next ready operation of file.write is rising: 31.3 ms now, 10 ms in earlier runs (3.13x).',
    ],
  ]
  for (const [some, text] of words) assert.is(runTrendText({ ...trend, ...some }), text)
})

test.run()

import * as fc from 'fast-check'
import { identity } from 'rxjs'
import { isMonitorEvent } from '../../../src/model/eventTypes.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { BatchEvent } from '../../../src/model/event.js'
import { quantile } from '../../../src/monitor/histogram/quantile.js'
import { RunRecord } from '../../../src/monitor/history/runRecord.js'
import { recordOf } from '../../../src/monitor/history/runRecorder.js'
import { monitor } from '../../../src/monitor/monitor.js'
import { arbitraryPlan } from '../arbitraryPlan.js'
import { graphOf, take, virtualRun } from '../virtualRun.js'

const test = suite('recordOf')

const about = { shape: 's', cpus: 2, nodeMajor: 20 }
const run = (plan: Parameters<typeof virtualRun>[0]): readonly BatchEvent[] => virtualRun(plan, () => identity)

test('makes one line of the events of a run', () => {
  const plan = { name: 'p', concurrency: 2, operations: [take('a', 100), take('b', 300), take('c', 200, { dependencies: ['a'] })] }
  const record = recordOf(run(plan), { ...about, graph: graphOf(plan) })
  assert.equal(record, {
    v: '1',
    runId: 'r',
    name: 'p',
    startedAt: 0,
    finishedAt: 300,
    ok: true,
    shape: 's',
    concurrency: 2,
    cpus: 2,
    nodeMajor: 20,
    counts: { total: 3, succeeded: 3, failed: 0, skipped: 0, cancelled: 0 },
    attempts: 3,
    retries: 0,
    makespanMs: 300,
    workMs: 600,
    slotMs: 600,
    retriedMs: 0,
    heavy: false,
    criticalPathMs: 300,
    waiting: { dependencyMs: 100, slotMs: 0, poolMs: 0, retryMs: 0 },
    idle: { dependencyMs: 0, poolMs: 0, tailMs: 0 },
    types: [
      {
        name: 'test.take',
        count: 3,
        sumMs: 600,
        p50Ms: 200,
        p95Ms: 290,
        samples: [100, 300, 200],
        histogram: record!.types[0]!.histogram,
        failed: 0,
        attempts: 3,
        retries: 0,
        retriedMs: 0,
        timeouts: 0,
      },
    ],
    times: { ids: record!.times!.ids, ms: [100, 300, 200] },
  })
})

test('goes through JSON and its codec unchanged', () => {
  fc.assert(
    fc.property(arbitraryPlan, (plan) => {
      const record = recordOf(run(plan), { ...about, graph: graphOf(plan) })
      const decoded = RunRecord.decode(JSON.parse(JSON.stringify(record)))
      assert.ok(decoded._tag === 'Right')
      assert.equal(decoded.right, record)
    }),
    { numRuns: 40 },
  )
})

test('says what the last sample of the monitor says', () => {
  fc.assert(
    fc.property(arbitraryPlan, (plan) => {
      const graph = graphOf(plan)
      const told = virtualRun(plan, (scheduler) => monitor({ scheduler, graph }))
      const metrics = told.flatMap((event) => (event.type === 'metrics-sampled' ? [event.metrics] : [])).at(-1)!
      const events = told.filter((event): event is BatchEvent => !isMonitorEvent(event))
      const record = recordOf(events, { ...about, graph })!
      const { attempts, retries, makespanMs, workMs, slotMs, retriedMs, criticalPathMs, waiting, idle } = metrics
      assert.equal(
        { attempts, retries, makespanMs, workMs, slotMs, retriedMs, criticalPathMs, waiting, idle },
        {
          attempts: record.attempts,
          retries: record.retries,
          makespanMs: record.makespanMs,
          workMs: record.workMs,
          slotMs: record.slotMs,
          retriedMs: record.retriedMs,
          criticalPathMs: record.criticalPathMs,
          waiting: record.waiting,
          idle: record.idle,
        },
      )
    }),
    { numRuns: 40 },
  )
})

test('has exact quantiles, and 512 fair samples, of any number of operations', () => {
  const operations = Array.from({ length: 2_000 }, (_, index) => take(`n${index}`, (index * 7_919) % 2_000))
  const [type] = recordOf(run({ operations }), about)!.types
  const times = Float64Array.from(operations, (_, index) => (index * 7_919) % 2_000).sort()
  assert.is(type!.p50Ms, quantile(times, 0.5))
  assert.is(type!.p95Ms, quantile(times, 0.95))
  assert.is(type!.samples.length, 512)
  assert.ok(Math.abs(quantile(Float64Array.from(type!.samples).sort(), 0.5) - 1_000) < 150)
})

test('counts what failed, was tried again and ran out of time, apart from the times of what succeeded', () => {
  const operations = [
    take('late', 500, { timeoutMs: 100 }),
    { ...take('again', 50, { retry: { attempts: 2, delayMs: 1 } }), params: { ms: 50, failures: 1 } },
  ]
  const [type] = recordOf(run({ operations }), about)!.types
  const { count, sumMs, failed, attempts, retries, retriedMs, timeouts, timeoutMs } = type!
  assert.equal(
    { count, sumMs, failed, attempts, retries, retriedMs, timeouts, timeoutMs },
    { count: 1, sumMs: 100, failed: 1, attempts: 3, retries: 1, retriedMs: 50, timeouts: 1, timeoutMs: 100 },
  )
})

test('has nothing to say of a run that has not finished', () => {
  const events = run({ operations: [take('a', 1)] })
  assert.is(recordOf(events.slice(0, -1), about), undefined)
  assert.is(recordOf(events.slice(1), about), undefined)
})

test.run()

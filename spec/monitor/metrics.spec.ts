import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { BatchEvent, EventOfType } from '../../src/model/event.js'
import { quantile } from '../../src/monitor/histogram/quantile.js'
import type { Metrics } from '../../src/model/metrics/metrics.js'
import { monitor } from '../../src/monitor/monitor.js'
import type { MonitorEvent } from '../../src/model/metrics/monitorEvent.js'
import { criticalPath } from '../../src/graph/edges/criticalPath.js'
import { arbitraryPlan } from './arbitraryPlan.js'
import { graphOf, virtualRun } from './virtualRun.js'

const test = suite('metrics')

type Told = BatchEvent | MonitorEvent

interface Story {
  readonly events: readonly BatchEvent[]
  readonly metrics: Metrics
  readonly graph: ReturnType<typeof graphOf>
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const near = (actual: number | undefined, expected: number, what: string): void =>
  assert.ok(
    actual !== undefined && Math.abs(actual - expected) <= 1e-6 * Math.max(1, Math.abs(expected)),
    `${what}: ${actual}, not ${expected}`,
  )

function ofType<T extends BatchEvent['type']>(events: readonly BatchEvent[], type: T): readonly EventOfType<T>[] {
  return events.filter((event): event is EventOfType<T> => event.type === type)
}

/** Every attempt as what it took, from the events alone. */
function attemptsOf(events: readonly BatchEvent[]) {
  const ready = new Map(ofType(events, 'operation-ready').map((event) => [event.id, event]))
  return ofType(events, 'attempt-started').map(({ id, at, attempt }) => {
    const end = events.find(
      (event) =>
        event.at >= at &&
        'id' in event &&
        event.id === id &&
        (event.type === 'operation-succeeded' || event.type === 'attempt-failed') &&
        (event.type !== 'attempt-failed' || event.attempt === attempt),
    )!
    return { ...ready.get(id)!, attempt, start: at, end: end.at, again: end.type === 'attempt-failed' && end.retryInMs !== undefined }
  })
}

const ended = (events: readonly BatchEvent[]) => [...ofType(events, 'operation-succeeded'), ...ofType(events, 'operation-failed')]

/** Each metric, again: from a list of events, in a few lines, with no state kept. */
const recomputed: Readonly<Record<string, (story: Story) => void>> = {
  'counts by state': ({ events, metrics }) => {
    const count = (type: BatchEvent['type']): number => ofType(events, type).length
    assert.equal(metrics.counts, {
      total: ofType(events, 'run-started')[0]!.operations,
      pending: 0,
      ready: 0,
      running: 0,
      retrying: 0,
      succeeded: count('operation-succeeded'),
      failed: count('operation-failed'),
      skipped: count('operation-skipped'),
      cancelled: count('operation-cancelled'),
    })
  },
  'attempts and retries': ({ events, metrics }) => {
    const starts = ofType(events, 'attempt-started')
    assert.is(metrics.attempts, starts.length)
    assert.is(metrics.retries, starts.filter(({ attempt }) => attempt > 1).length)
  },
  'makespan, as the summary has it': ({ events, metrics }) => {
    const attempts = attemptsOf(events)
    near(metrics.makespanMs, Math.max(...attempts.map(({ end }) => end)) - Math.min(...attempts.map(({ start }) => start)), 'makespan')
    near(metrics.makespanMs, ofType(events, 'run-finished')[0]!.summary.makespanMs, 'makespan of the summary')
  },
  'work, also in slots': ({ events, metrics }) => {
    near(metrics.workMs, sum(ended(events).map(({ durationMs }) => durationMs)), 'work')
    near(metrics.workMs, ofType(events, 'run-finished')[0]!.summary.workMs, 'work of the summary')
    near(metrics.slotMs, sum(attemptsOf(events).map(({ start, end, weight = 1 }) => weight * (end - start))), 'slot work')
  },
  'mean concurrency and slot utilisation': ({ events, metrics }) => {
    const { makespanMs } = metrics
    if (makespanMs === 0) return
    const attempts = attemptsOf(events)
    near(metrics.meanConcurrency, sum(attempts.map(({ start, end }) => end - start)) / makespanMs, 'mean concurrency')
    const slotMs = sum(attempts.map(({ start, end, weight = 1 }) => weight * (end - start)))
    near(metrics.slotUtilisation, slotMs / (metrics.concurrency * makespanMs), 'utilisation')
  },
  'what was lost to attempts that were tried again': ({ events, metrics }) =>
    near(metrics.retriedMs, sum(attemptsOf(events).map(({ start, end, again }) => (again ? end - start : 0))), 'retried'),
  throughput: ({ events, metrics }) => {
    const elapsedMs = events.at(-1)!.at - events[0]!.at
    near(metrics.elapsedMs, elapsedMs, 'elapsed')
    near(metrics.throughput.overall, elapsedMs === 0 ? 0 : (ended(events).length * 1000) / elapsedMs, 'throughput')
  },
  'waiting, by its cause': ({ events, metrics: { waiting } }) => {
    const readyAt = new Map(ofType(events, 'operation-ready').map(({ id, at }) => [id, at]))
    const skips = ofType(events, 'operation-skipped')
    near(waiting.dependencyMs, sum([...readyAt.values(), ...skips.map(({ at }) => at)].map((at) => at - events[0]!.at)), 'dependency')
    const told = sum(ended(events).map(({ waitedMs }) => waitedMs))
    near(waiting.slotMs + waiting.poolMs + waiting.retryMs, told, 'all other waiting')
    const delays = ofType(events, 'attempt-failed').map(({ id, attempt, at, retryInMs }) => {
      const next = ofType(events, 'attempt-started').find((start) => start.id === id && start.attempt === attempt + 1)
      return retryInMs === undefined ? 0 : next!.at - at
    })
    near(waiting.retryMs, sum(delays), 'retry')
  },
  'slots used and idle: together every slot there was': ({ events, metrics }) => {
    const { idle, slotMs, concurrency } = metrics
    const firstStart = ofType(events, 'attempt-started')[0]!.at
    near(slotMs + idle.dependencyMs + idle.poolMs + idle.tailMs, concurrency * (events.at(-1)!.at - firstStart), 'slots')
  },
  'critical path, bound and efficiency': ({ events, metrics, graph }) => {
    const took = new Map(ended(events).map(({ id, durationMs }) => [id, durationMs]))
    const pathMs = criticalPath(graph, (index) => took.get(graph.operations[index]!.id) ?? 0).durationMs
    near(metrics.criticalPathMs, pathMs, 'critical path')
    const bound = Math.max(pathMs, metrics.slotMs / metrics.concurrency)
    near(metrics.lowerBoundMs, bound, 'bound')
    if (metrics.makespanMs > 0) near(metrics.efficiency, bound / metrics.makespanMs, 'efficiency')
    assert.ok(metrics.makespanMs >= bound - 1e-6, 'no run beats its bound')
  },
  "Little's law": ({ events, metrics: { littlesLaw } }) => {
    const times = ended(events).map(({ durationMs, waitedMs }) => durationMs + waitedMs)
    if (sum(times) === 0) return assert.is(littlesLaw, undefined)
    near(littlesLaw?.timeInSystemMs, sum(times) / times.length, 'time in system')
    near(littlesLaw?.ratio, 1, 'ratio')
  },
  'times by type, within the error of the histogram': ({ events, metrics }) => {
    for (const { name, runMs, waitMs } of metrics.types) {
      const ids = new Set(ofType(events, 'operation-ready').flatMap((event) => (event.name === name ? [event.id] : [])))
      const own = ofType(events, 'operation-succeeded').filter(({ id }) => ids.has(id))
      const times = Float64Array.from(own.map(({ durationMs }) => durationMs)).sort()
      assert.is(runMs.count, times.length)
      near(runMs.meanMs * runMs.count, sum([...times]), 'mean')
      const rank = times[Math.max(0, Math.ceil(0.95 * times.length) - 1)] ?? 0
      assert.ok(Math.abs(runMs.p95Ms - rank) <= 0.0434 * rank, `p95: ${runMs.p95Ms}, not ${rank}`)
      near(runMs.maxMs, times.length === 0 ? 0 : quantile(times, 1), 'max')
      assert.is(waitMs.count, ended(events).filter(({ id }) => ids.has(id)).length)
    }
  },
}

for (const [title, check] of Object.entries(recomputed)) {
  test(`can be computed again from the events: ${title}`, () => {
    fc.assert(
      fc.property(arbitraryPlan, (plan) => {
        const graph = graphOf(plan)
        const told = virtualRun(plan, (scheduler) => monitor({ scheduler, graph }))
        const metrics = told.flatMap((event) => (event.type === 'metrics-sampled' ? [event.metrics] : [])).at(-1)!
        check({ events: told.filter(isOwn), metrics, graph })
      }),
      { numRuns: 60 },
    )
  })
}

function isOwn(event: Told): event is BatchEvent {
  return event.type !== 'metrics-sampled' && event.type !== 'alert-raised'
}

test('count what is running, ready, pending and between attempts at any moment', () => {
  fc.assert(
    fc.property(arbitraryPlan, (plan) => {
      for (const event of virtualRun(plan, (scheduler) => monitor({ scheduler, everyMs: 37 }))) {
        if (event.type !== 'metrics-sampled') continue
        const { total, ...states } = event.metrics.counts
        assert.is(sum(Object.values(states)), total)
        assert.ok(Object.values(states).every((count) => count >= 0))
        assert.ok(event.metrics.slotsInUse >= 0 && event.metrics.slotsInUse <= plan.concurrency)
      }
    }),
    { numRuns: 60 },
  )
})

test('estimate the end, with an interval that holds it nine times in ten', () => {
  const operations = (seed: number) =>
    Array.from({ length: 60 }, (_, index) => ({
      id: `n${index}`,
      type: 'test',
      operation: 'take',
      params: { ms: 50 + ((index * 7919 + seed * 104_729) % 100) },
    }))
  let within = 0
  let judged = 0
  for (let seed = 1; seed <= 20; seed++) {
    const told = virtualRun({ concurrency: 4, operations: operations(seed) }, (scheduler) => monitor({ scheduler, everyMs: 100 }))
    const endMs = told.at(-1)!.at
    for (const event of told) {
      if (event.type !== 'metrics-sampled' || event.metrics.eta === undefined) continue
      judged++
      const { lowMs, highMs } = event.metrics.eta
      if (event.at + lowMs <= endMs && endMs <= event.at + highMs) within++
    }
  }
  assert.ok(judged > 200, `${judged} judged`)
  assert.ok(within / judged >= 0.9, `${within} of ${judged}`)
})

test.run()

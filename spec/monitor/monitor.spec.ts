import { filter, lastValueFrom, map, pipe, Subject, tap, VirtualTimeScheduler, type OperatorFunction } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch, type PlanInput } from '../../src/engine/runBatch.js'
import { operation } from '../../src/model/code/createOperation.js'
import type { Operation } from '../../src/model/code/operation.js'
import type { BatchEvent } from '../../src/model/event.js'
import { monitor } from '../../src/monitor/monitor.js'
import type { MetricsSampled, MonitorEvent } from '../../src/model/metrics/monitorEvent.js'
import { graphOf, take, virtualRun } from './virtualRun.js'

const test = suite('monitor')

type Told = BatchEvent | MonitorEvent

const isSample = (event: Told): event is MetricsSampled => event.type === 'metrics-sampled'
const isOwn = (event: Told): event is BatchEvent => event.type !== 'metrics-sampled' && event.type !== 'alert-raised'

const plan = { concurrency: 2, operations: [take('a', 300), take('b', 200), take('c', 400, { dependencies: ['a'] })] }

test('passes every event through, the very objects and their order', () => {
  const before: BatchEvent[] = []
  const told = virtualRun(plan, (scheduler) =>
    pipe(
      tap((event: BatchEvent) => before.push(event)),
      monitor({ scheduler }),
    ),
  )
  const after = told.filter(isOwn)
  assert.is(after.length, before.length)
  assert.ok(after.every((event, index) => event === before[index]))
})

test('samples every 250 ms, and at last just before run-finished', () => {
  const told = virtualRun(plan, (scheduler) => monitor({ scheduler }))
  const samples = told.filter(isSample)
  assert.equal(
    samples.map(({ at }) => at),
    [250, 500, 700],
  )
  assert.equal(
    told.slice(-2).map(({ type }) => type),
    ['metrics-sampled', 'run-finished'],
  )
  assert.is(samples.at(-1)?.afterSeq, told.filter(isOwn).length - 2)
})

test('comes to the same straight behind a run, which tells it where operations stand, and behind another operator', async () => {
  let tries = 0
  const made = (): readonly Operation[] => {
    const list = operation('list', () => [1, 2, 3])
    const each = operation.each('each', list, (item) => item)
    const shaky = operation('shaky', () => (tries++ % 2 === 0 ? Promise.reject(new Error('once')) : 1), { retry: { attempts: 2 } })
    const bad = operation('bad', { each }, () => Promise.reject(new Error('no')))
    const after = operation('after', { bad }, () => 1)
    const tidy = operation('tidy', { bad }, () => 1, { when: 'settled', priority: 'low' })
    return [list, each, shaky, bad, after, tidy]
  }
  const countsOf = async (input: PlanInput, through: OperatorFunction<BatchEvent, Told>): Promise<object> => {
    const { metrics } = await lastValueFrom(runBatch(input, { concurrency: 2 }).pipe(through, filter(isSample)))
    return {
      counts: metrics.counts,
      types: metrics.types.map(({ runMs, waitMs, ...counts }) => ({ ...counts, ran: runMs.count, waited: waitMs.count })),
    }
  }
  const behind = pipe(
    map((event: BatchEvent) => event),
    monitor(),
  )
  for (const input of [() => made(), () => made().values()]) {
    const [straight, other] = [await countsOf(input(), monitor()), await countsOf(input(), behind)]
    assert.equal(straight, other)
  }
})

test('samples as often as it is told', () => {
  const told = virtualRun(plan, (scheduler) => monitor({ scheduler, everyMs: 100 }))
  assert.is(told.filter(isSample).length, 7)
})

test('refuses to sample all the time', () => {
  assert.throws(
    () => monitor({ everyMs: 0 }),
    (error: Error) =>
      error.name === 'TypeError' &&
      error.message === 'monitor: options.everyMs: expected the ms between two samples, a number above 0, received 0.',
  )
})

test('freezes a sample, and shares with the one before what did not change', () => {
  const [first, second] = virtualRun({ operations: [take('a', 1_000), { ...take('b', 10), operation: 'other' }] }, (scheduler) =>
    monitor({ scheduler }),
  ).filter(isSample)
  assert.ok(Object.isFrozen(second?.metrics) && Object.isFrozen(second?.metrics.types[0]?.runMs))
  assert.is.not(first?.metrics, second?.metrics)
  assert.is(first?.metrics.counts, second?.metrics.counts)
  assert.is(first?.metrics.types, second?.metrics.types)
})

test('tells what cannot be told by leaving it out', () => {
  const last = virtualRun(plan, (scheduler) => monitor({ scheduler }))
    .filter(isSample)
    .at(-1)
  assert.equal(
    ['criticalPathMs', 'lowerBoundMs', 'efficiency', 'process', 'eta'].filter((key) => key in (last?.metrics ?? {})),
    [],
  )
})

test('tells the critical path, the bound and the efficiency when it is given the graph', () => {
  const last = virtualRun(plan, (scheduler) => monitor({ scheduler, graph: graphOf(plan) }))
    .filter(isSample)
    .at(-1)
  const { criticalPathMs, lowerBoundMs, efficiency } = last!.metrics
  assert.equal({ criticalPathMs, lowerBoundMs, efficiency }, { criticalPathMs: 700, lowerBoundMs: 700, efficiency: 1 })
})

test('reads the process at the start and at each sample', () => {
  const readings = [
    { memoryBytes: 50, cpuMs: 1_000 },
    { memoryBytes: 90, cpuMs: 1_100 },
    { memoryBytes: 60, cpuMs: 1_250 },
    { memoryBytes: 70, cpuMs: 1_700 },
  ]
  let next = 0
  const samples = virtualRun(plan, (scheduler) => monitor({ scheduler, sampleProcess: () => readings[next++]! })).filter(isSample)
  assert.equal(
    samples.map(({ metrics }) => metrics.process),
    [
      { memoryBytes: 90, peakMemoryBytes: 90, cpuMs: 100, cpuShare: 0.4 },
      { memoryBytes: 60, peakMemoryBytes: 90, cpuMs: 250, cpuShare: 0.5 },
      { memoryBytes: 70, peakMemoryBytes: 90, cpuMs: 700, cpuShare: 1 },
    ],
  )
})

test('leaves no timer behind when it is left', () => {
  const scheduler = new VirtualTimeScheduler()
  const source = new Subject<BatchEvent>()
  const told: Told[] = []
  const edges = { explicit: 0, reference: 0, effect: 0, order: 0 }
  const subscription = source.pipe(monitor({ scheduler })).subscribe((event) => told.push(event))
  source.next({ type: 'run-started', runId: 'r', seq: 0, at: 0, operations: 1, concurrency: 1, edges })
  subscription.unsubscribe()
  scheduler.flush()
  assert.is(told.length, 1)
  assert.not(source.observed)
})

test('hands on an error of its source, without a last sample', () => {
  const source = new Subject<BatchEvent>()
  let failure: unknown
  source.pipe(monitor()).subscribe({ error: (error) => (failure = error) })
  source.error(new Error('a defect'))
  assert.instance(failure, Error)
  assert.is((failure as Error).message, 'a defect')
})

test('keeps the clock of the events when a journal is read again', () => {
  const scheduler = new VirtualTimeScheduler()
  const source = new Subject<BatchEvent>()
  const told: Told[] = []
  const edges = { explicit: 0, reference: 0, effect: 0, order: 0 }
  source.pipe(monitor({ scheduler })).subscribe((event) => told.push(event))
  scheduler.schedule(() => source.complete(), 600)
  source.next({ type: 'run-started', runId: 'r', seq: 0, at: 5_000, operations: 1, concurrency: 1, edges })
  scheduler.flush()
  assert.equal(
    told.filter(isSample).map(({ at }) => at),
    [5_250, 5_500],
  )
})

test.run()

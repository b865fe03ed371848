import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { BatchEvent, RunStarted } from '../../src/model/event.js'
import { meter } from '../../src/monitor/meter/meter.js'
import { mostTypes, otherTypes } from '../../src/monitor/meter/kinds.js'
import { sampler } from '../../src/monitor/meter/sampler.js'
import type { Metrics } from '../../src/model/metrics/metrics.js'

const test = suite('meter')

type Told<T> = T extends BatchEvent ? Omit<T, 'runId' | 'seq'> : never

const edges = { explicit: 0, reference: 0, effect: 0, order: 0 }
const started: RunStarted = { type: 'run-started', runId: 'r', seq: 0, at: 0, operations: 2, concurrency: 2, edges }

/** What the metrics are at a time, after these events. */
function metricsAfter(at: number, told: readonly Told<BatchEvent>[], first: RunStarted = started): Metrics {
  const counted = meter(first)
  told.forEach((event, index) => counted.observe({ runId: 'r', seq: index + 1, ...event }))
  return sampler(counted.state)(at)
}

const spent = { durationMs: 100, waitedMs: 0, attempts: 1 }
const timeout = { type: 'timeout', message: 'late', retryable: true, timeoutMs: 50 } as const

test('counts a child beside what was known at the start, and no slot for the parent that waits for it', () => {
  const metrics = metricsAfter(100, [
    { type: 'operation-ready', at: 0, id: 'list', name: 'each', weight: 0 },
    { type: 'attempt-started', at: 0, id: 'list', attempt: 1 },
    { type: 'operation-ready', at: 0, id: 'list[0]', parent: 'list', name: 'size' },
    { type: 'attempt-started', at: 0, id: 'list[0]', parent: 'list', attempt: 1 },
  ])
  const { total, pending, running } = metrics.counts
  assert.equal([total, pending, running, metrics.slotsInUse], [3, 1, 2, 1])
  assert.equal([metrics.workMs, metrics.slotMs, metrics.meanConcurrency], [100, 100, 1])
})

test('counts a child that was cancelled before it was ready', () => {
  const metrics = metricsAfter(0, [
    {
      type: 'operation-cancelled',
      at: 0,
      id: 'list[0]',
      parent: 'list',
      cause: { type: 'parent', id: 'list' },
      durationMs: 0,
      waitedMs: 0,
      attempts: 0,
    },
  ])
  assert.equal([metrics.counts.total, metrics.counts.pending, metrics.counts.cancelled], [3, 2, 1])
})

test('keeps the slot of a detached attempt', () => {
  const metrics = metricsAfter(300, [
    { type: 'operation-ready', at: 0, id: 'a', name: 't' },
    { type: 'attempt-started', at: 0, id: 'a', attempt: 1 },
    { type: 'operation-failed', at: 100, id: 'a', error: timeout, ...spent, detached: true },
  ])
  assert.equal([metrics.counts.running, metrics.slotsInUse, metrics.workMs, metrics.slotMs], [0, 1, 100, 300])
})

test('leaves the times of a shared read and of a fallback out of those of its type', () => {
  const metrics = metricsAfter(100, [
    { type: 'operation-succeeded', at: 0, id: 'a', value: 1, durationMs: 0, waitedMs: 0, attempts: 0, sharedWith: 'x' },
    { type: 'operation-ready', at: 0, id: 'b', name: 't' },
    { type: 'attempt-started', at: 0, id: 'b', attempt: 1 },
    { type: 'operation-succeeded', at: 100, id: 'b', value: 1, ...spent, recoveredFrom: timeout },
  ])
  assert.is(metrics.counts.succeeded, 2)
  assert.equal([metrics.types[0]?.succeeded, metrics.types[0]?.runMs.count, metrics.types[0]?.waitMs.count], [1, 0, 1])
})

test('counts what waits for a pool while a slot is free for the pool, and for a slot when none is', () => {
  const pooled = (id: string) => ({ type: 'operation-ready', at: 0, id, name: 't', pool: 'scarce' }) as const
  const start = (id: string, at: number) => ({ type: 'attempt-started', at, id, attempt: 1 }) as const
  const { waiting, idle } = metricsAfter(
    150,
    [pooled('a'), pooled('b'), start('a', 0), { type: 'operation-ready', at: 100, id: 'c', name: 't' }, start('c', 100)],
    { ...started, operations: 3 },
  )
  assert.equal(waiting, { dependencyMs: 100, slotMs: 50, poolMs: 100, retryMs: 0 })
  assert.equal(idle, { dependencyMs: 0, poolMs: 100, tailMs: 0 })
})

test('counts operations of a stream as they come, and tells no end of it', () => {
  const story = Array.from({ length: 6 }, (_, index): readonly Told<BatchEvent>[] => [
    { type: 'operation-added', at: index * 100, id: `${index}` },
    { type: 'operation-ready', at: index * 100, id: `${index}`, name: 't' },
    { type: 'attempt-started', at: index * 100, id: `${index}`, attempt: 1 },
    { type: 'operation-succeeded', at: index * 100 + 100, id: `${index}`, value: 1, ...spent },
  ]).flat()
  const more: readonly Told<BatchEvent>[] = [...story, { type: 'operation-added', at: 600, id: 'last' }]
  const metrics = metricsAfter(600, more, { ...started, operations: 0, streamed: true })
  assert.equal([metrics.counts.total, metrics.counts.pending, metrics.counts.succeeded, metrics.eta], [7, 1, 6, undefined])
})

test('counts types beyond the first 200 together', () => {
  const many = Array.from(
    { length: mostTypes + 50 },
    (_, index) => ({ type: 'operation-ready', at: 0, id: `${index}`, name: `t${index}` }) as const,
  )
  const { types } = metricsAfter(0, many)
  assert.is(types.length, mostTypes + 1)
  assert.equal([types.at(-1)?.name, types.at(-1)?.ready], [otherTypes, 50])
})

test('takes a story that begins in the middle for what it tells', () => {
  const metrics = metricsAfter(100, [
    { type: 'attempt-started', at: 0, id: 'a', attempt: 2 },
    { type: 'operation-succeeded', at: 100, id: 'a', value: 1, ...spent, attempts: 2 },
  ])
  assert.equal([metrics.counts.succeeded, metrics.retries, metrics.types[0]?.name], [1, 1, '(unnamed)'])
})

test.run()

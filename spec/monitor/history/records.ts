import { histogram } from '../../../src/monitor/histogram/histogram.js'
import { quantile } from '../../../src/monitor/histogram/quantile.js'
import type { RunRecord, TypeRecord } from '../../../src/monitor/history/runRecord.js'

/** The figures of a type whose operations took these times. */
export function typeRecord(name: string, times: readonly number[], more: Partial<TypeRecord> = {}): TypeRecord {
  const counted = histogram()
  times.forEach((time) => counted.record(time))
  const ascending = Float64Array.from(times).sort()
  return {
    name,
    count: times.length,
    sumMs: counted.sum,
    ...(times.length > 0 && { p50Ms: quantile(ascending, 0.5), p95Ms: quantile(ascending, 0.95) }),
    samples: times,
    histogram: counted.toJSON(),
    failed: 0,
    attempts: times.length,
    retries: 0,
    retriedMs: 0,
    timeouts: 0,
    ...more,
  }
}

/** A run in which everything went well. */
export function runRecord(more: Partial<RunRecord> = {}): RunRecord {
  return {
    v: '1',
    runId: 'r',
    startedAt: 0,
    finishedAt: 1_000,
    ok: true,
    shape: '0123456789abcdef',
    concurrency: 6,
    cpus: 2,
    nodeMajor: 20,
    counts: { total: 10, succeeded: 10, failed: 0, skipped: 0, cancelled: 0 },
    attempts: 10,
    retries: 0,
    makespanMs: 1_000,
    workMs: 3_000,
    slotMs: 3_000,
    retriedMs: 0,
    heavy: false,
    waiting: { dependencyMs: 0, slotMs: 0, poolMs: 0, retryMs: 0 },
    idle: { dependencyMs: 0, poolMs: 0, tailMs: 0 },
    types: [],
    ...more,
  }
}

import { seededRandom } from '../../engine/time/random.js'
import type { BatchEvent, RunFinished } from '../../model/event.js'
import type { PlanGraph } from '../meter/planGraph.js'
import { quantile } from '../histogram/quantile.js'
import { reservoir } from '../histogram/reservoir.js'
import { meter, type Meter } from '../meter/meter.js'
import { makespanOf } from '../meter/metricsOf.js'
import type { TypeMeter } from '../meter/typeMeter.js'
import type { RunRecord, TypeRecord } from './runRecord.js'
import { ranByItself } from './ranByItself.js'
import { timesOrder } from './timesOrder.js'

/** What the events of a run do not contain. */
export interface RunAbout {
  /** See `shapeHash`. */
  readonly shape: string
  readonly cpus: number
  readonly nodeMajor: number
  /** Without it the record has no critical path. */
  readonly graph?: PlanGraph
}

/** Makes the line of one run for the history. */
export interface RunRecorder {
  observe(event: BatchEvent): void
  /** Undefined before `run-finished`, and for events without `run-started`. */
  record(): RunRecord | undefined
}

/**
 * Makes the line of a run for the history while its events come, with 8 B for each operation that succeeds. Its figures are exact.
 *
 * @example
 * ```ts
 * import { lastValueFrom, tap } from 'rxjs'
 * import { runBatch } from 'millrace'
 * import { runRecorder } from 'millrace/report'
 * const recorder = runRecorder({ shape: '', cpus: 2, nodeMajor: 20 })
 * await lastValueFrom(runBatch([]).pipe(tap((event) => recorder.observe(event))))
 * recorder.record()?.ok // => true
 * ```
 * @see {@link recordOf} for events that are all there already
 * @since 0.1.0
 */
export function runRecorder(about: RunAbout): RunRecorder {
  let counted: Meter | undefined
  let finished: RunFinished | undefined
  let reused = 0
  const ids = about.graph?.operations.map(({ id }) => id) ?? []
  const took = ids.length > 0 && ids.length <= mostTimes ? new Map<string, number>() : undefined
  return {
    observe(event) {
      if (event.type === 'operation-succeeded' && took !== undefined && ranByItself(event)) took.set(event.id, event.durationMs)
      if ('reusedFrom' in event && event.reusedFrom !== undefined) reused++
      if (event.type === 'run-started') counted = meter(event, { exact: true, ...(about.graph !== undefined && { graph: about.graph }) })
      else counted?.observe(event)
      if (event.type === 'run-finished') finished = event
    },
    record: () =>
      counted === undefined || finished === undefined
        ? undefined
        : {
            ...recordOfMeter(counted, finished, about),
            ...(reused > 0 && { reused }),
            ...(took !== undefined && { times: timesOf(ids, took) }),
          },
  }
}

const mostTimes = 5_000

function timesOf(ids: readonly string[], took: ReadonlyMap<string, number>): NonNullable<RunRecord['times']> {
  const { order, hash } = timesOrder(ids)
  // Three digits are more than two runs have in common.
  return { ids: hash, ms: order.map((index) => Number((took.get(ids[index]!) ?? -1).toPrecision(3))) }
}

/**
 * Makes the line of a run for the history from its events. The history can be rebuilt from event logs with it.
 *
 * @example
 * ```ts
 * import { firstValueFrom, toArray } from 'rxjs'
 * import { runBatch } from 'millrace'
 * import { recordOf, shapeHash } from 'millrace/report'
 * const events = await firstValueFrom(runBatch([]).pipe(toArray()))
 * const record = recordOf(events, { shape: shapeHash({ operations: [] }), cpus: 2, nodeMajor: 20 })
 * record?.counts.total // => 0
 * ```
 * @since 0.1.0
 */
export function recordOf(events: Iterable<BatchEvent>, about: RunAbout): RunRecord | undefined {
  const recorder = runRecorder(about)
  for (const event of events) recorder.observe(event)
  return recorder.record()
}

function recordOfMeter({ state }: Meter, { summary, at, runId }: RunFinished, { shape, cpus, nodeMajor }: RunAbout): RunRecord {
  const { occupancy: now, chains, kinds } = state
  return {
    v: '1',
    runId,
    ...(summary.name !== undefined && { name: summary.name }),
    startedAt: state.startedAt,
    finishedAt: at,
    ok: summary.ok,
    shape,
    concurrency: now.concurrency,
    cpus,
    nodeMajor,
    counts: {
      total: state.total,
      succeeded: state.succeeded,
      failed: state.failed,
      skipped: state.skipped,
      cancelled: state.cancelled,
    },
    attempts: state.attempts,
    retries: state.retries,
    makespanMs: makespanOf(state, at),
    workMs: now.workMs,
    slotMs: now.slotMs,
    retriedMs: state.retriedMs,
    heavy: state.heavy,
    ...(chains !== undefined && { criticalPathMs: chains.longestMs }),
    waiting: { dependencyMs: now.waitDependencyMs, slotMs: now.waitSlotMs, poolMs: now.waitPoolMs, retryMs: now.waitRetryMs },
    idle: { dependencyMs: now.idleDependencyMs, poolMs: now.idlePoolMs, tailMs: now.idleTailMs },
    ...(state.usage !== undefined && { usage: state.usage }),
    types: kinds.types.map((type, index) => typeRecord(type, index)),
  }
}

function typeRecord(type: TypeMeter, seed: number): TypeRecord {
  const { name, run, durations = [], failed, attempts, retries, retriedMs, timeouts, timeoutMs } = type
  const sample = reservoir(seededRandom(seed))
  for (const duration of durations) sample.offer(Math.round(duration * 1_000) / 1_000)
  const ascending = Float64Array.from(durations).sort()
  return {
    name,
    count: run.count,
    sumMs: run.sum,
    ...(ascending.length > 0 && { p50Ms: quantile(ascending, 0.5), p95Ms: quantile(ascending, 0.95) }),
    samples: sample.samples(),
    histogram: run.toJSON(),
    failed,
    attempts,
    retries,
    retriedMs,
    timeouts,
    ...(timeouts > 0 && { timeoutMs }),
  }
}

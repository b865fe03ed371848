import type { Eta, Metrics, TypeMetrics } from '../../model/metrics/metrics.js'
import { etaOf } from './eta.js'
import { littlesLawOf } from './littlesLaw.js'
import type { MeterState } from './meterState.js'

/** Every figure that follows from the meter alone, at a time up to which it was advanced. */
export function metricsOf(
  state: MeterState,
  at: number,
  recent: number,
  types: readonly TypeMetrics[],
  etaAt?: (at: number) => Eta | undefined,
): Metrics {
  const { occupancy: now, chains, startedAt, total, succeeded, failed, skipped, cancelled, endedTried } = state
  const { concurrency, pending, ready, running, retrying, workMs, slotMs } = now
  const elapsedMs = at - startedAt
  const makespanMs = makespanOf(state, at)
  const criticalPathMs = chains?.longestMs
  const lowerBoundMs = criticalPathMs === undefined || concurrency <= 0 ? undefined : Math.max(criticalPathMs, slotMs / concurrency)
  const eta = etaAt === undefined ? etaOf(state, makespanMs) : etaAt(at)
  const littlesLaw = littlesLawOf(state, elapsedMs)
  return {
    elapsedMs,
    concurrency,
    counts: { total, pending, ready, running, retrying, succeeded, failed, skipped, cancelled },
    slotsInUse: now.slots,
    attempts: state.attempts,
    retries: state.retries,
    throughput: { overall: elapsedMs > 0 ? (endedTried * 1000) / elapsedMs : 0, recent },
    makespanMs,
    workMs,
    slotMs,
    retriedMs: state.retriedMs,
    ...(makespanMs > 0 && { meanConcurrency: workMs / makespanMs }),
    ...(criticalPathMs !== undefined && { criticalPathMs }),
    ...(lowerBoundMs !== undefined && { lowerBoundMs }),
    ...(lowerBoundMs !== undefined && makespanMs > 0 && { efficiency: lowerBoundMs / makespanMs }),
    ...(makespanMs > 0 && concurrency > 0 && { slotUtilisation: slotMs / (concurrency * makespanMs) }),
    waiting: { dependencyMs: now.waitDependencyMs, slotMs: now.waitSlotMs, poolMs: now.waitPoolMs, retryMs: now.waitRetryMs },
    idle: { dependencyMs: now.idleDependencyMs, poolMs: now.idlePoolMs, tailMs: now.idleTailMs },
    ...(eta !== undefined && { eta }),
    ...(littlesLaw !== undefined && { littlesLaw }),
    ...(state.usage !== undefined && { usage: state.usage }),
    types,
  }
}

/** First start to last end; to this moment while an attempt runs. */
export function makespanOf({ occupancy }: MeterState, at: number): number {
  const { firstStart, lastStop, running } = occupancy
  if (Number.isNaN(firstStart)) return 0
  return (running > 0 ? at : lastStop) - firstStart
}

import type { BatchEvent } from '../event.js'
import type { Metrics } from './metrics.js'
import type { Alert } from './alert.js'
import type { RunTrend } from './runTrend.js'

interface MonitorStamp<T extends string> {
  readonly type: T
  readonly runId: string
  /** The last event of the run that is counted in: -1 when there was none. */
  readonly afterSeq: number
  /** Epoch ms, by the clock of the events. */
  readonly at: number
}

/** The metrics of a run at one moment. */
export interface MetricsSampled extends MonitorStamp<'metrics-sampled'> {
  readonly metrics: Metrics
  /** Where its metrics go: each that there are values of. */
  readonly trends: readonly RunTrend[]
}

/** The condition of a rule holds, for the first time or again. */
export interface AlertRaised extends MonitorStamp<'alert-raised'> {
  readonly alert: Alert
  /** The same in one sentence. */
  readonly message: string
}

/** A metric has begun to rise or fall, or is steady again. */
export interface TrendChanged extends MonitorStamp<'trend-changed'> {
  readonly trend: RunTrend
  /** The same in one sentence. */
  readonly message: string
}

/** What `monitor()` adds to the events of a run: a union on `type`. */
export type MonitorEvent = MetricsSampled | AlertRaised | TrendChanged

/** Every event of a run, monitored or not. Operators take this type, and `monitor()` can stand before any of them. */
export type AnyEvent = BatchEvent | MonitorEvent

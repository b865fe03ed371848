/** The metrics that can have a trend within a run. */
export type RunTrendMetric = 'throughput' | 'runMs' | 'waitMs' | 'failureRate' | 'readyQueue'

/** The direction of a metric during a run. docs/monitor.md says how each is measured, and how often a trend is wrong. */
export interface RunTrend {
  readonly metric: RunTrendMetric
  /** The operation type, of `runMs` and `waitMs`. */
  readonly name?: string
  /** What the values are compared with: earlier ones of the same run, or those of earlier runs of the plan. */
  readonly against: 'run' | 'history'
  /** `unsettled`: there are too few values to judge, or they move but not more than chance would have it. */
  readonly direction: 'rising' | 'falling' | 'steady' | 'unsettled'
  /** Which way is good. */
  readonly better: 'lower' | 'higher'
  /** Medians of the values before and since: ms, operations a second, a share from 0 to 1, or operations. */
  readonly before: number
  readonly now: number
  /** `now ÷ before`; for failures, half a failure and one operation are added on both sides, which keeps it finite. */
  readonly ratio: number
  /** The slope of Theil and Sen, in the unit of the values. */
  readonly changePerMinute: number
  /** Epoch ms: when the values began to move; the first of them, when they do not. */
  readonly since: number
  /** Confidence that the values change at all, from 0 to 1, allowing for how many metrics are judged and how often. */
  readonly confidence: number
}

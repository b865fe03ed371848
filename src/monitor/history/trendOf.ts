import * as E from 'fp-ts/lib/Either.js'
import { nearest } from '../../model/fault/nearest.js'
import { quoteText, showName } from '../../model/fault/quote.js'
import { trendOfValues, type Better, type Trend } from '../statistics/trend.js'
import { differences, isEvidence } from './comparable.js'
import { runMetric, runMetricNames } from './runMetric.js'
import type { RunRecord } from './runRecord.js'

/** One run in a trend. */
export interface TrendPoint {
  readonly runId: string
  readonly startedAt: number
  readonly value: number
}

/** The trend of a metric over the runs that can be compared with the last one. */
export interface MetricTrend {
  readonly metric: string
  readonly better: Better
  /** Oldest first. */
  readonly points: readonly TrendPoint[]
  /** Runs of another plan or other conditions than the last one's. */
  readonly notComparable: number
  /** Runs that failed, where the metric is a time: how fast they were says nothing. */
  readonly noEvidence: number
  /** The first run after the step, if the trend is one. */
  readonly since?: TrendPoint
  readonly trend: Trend
}

/** A metric that these runs do not have. */
export interface UnknownMetric {
  readonly type: 'unknown-metric'
  readonly metric: string
  readonly known: readonly string[]
  readonly nearest?: string
}

/**
 * Finds the trend of a metric over the runs comparable with the last one, in the order they started.
 *
 * @example
 * ```ts
 * import { trendOf } from 'millrace/report'
 * trendOf([], 'makespanMs')._tag // => 'Right'
 * trendOf([], 'makspanMs')._tag // => 'Left'
 * ```
 * @since 0.1.0
 */
export function trendOf(runs: readonly RunRecord[], metric: string): E.Either<UnknownMetric, MetricTrend> {
  const found = runMetric(metric)
  const known = runMetricNames(runs)
  if (found === undefined || (runs.length > 0 && !known.includes(metric))) {
    const near = nearest(metric, known)
    return E.left({ type: 'unknown-metric', metric, known, ...(near !== undefined && { nearest: near }) })
  }
  const ordered = [...runs].sort((a, b) => a.startedAt - b.startedAt)
  const last = ordered.at(-1)
  const like = ordered.filter((run) => last !== undefined && differences(run, last).length === 0)
  const counted = found.ofFailed === true ? like : like.filter(isEvidence)
  const points = counted.flatMap((run) => {
    const value = found.of(run)
    return value === undefined ? [] : [{ runId: run.runId, startedAt: run.startedAt, value }]
  })
  const trend = trendOfValues(
    points.map(({ value }) => value),
    found.better,
  )
  const since = trend.verdict === 'too-few' || trend.step === undefined ? undefined : points[trend.step.at]
  return E.right({
    metric,
    better: found.better,
    points,
    notComparable: runs.length - like.length,
    noEvidence: like.length - counted.length,
    trend,
    ...(since !== undefined && { since }),
  })
}

/**
 * Describes what is wrong with the name of a metric, and lists the existing ones.
 *
 * @example
 * ```ts
 * import { describeUnknownMetric } from 'millrace/report'
 * describeUnknownMetric({ type: 'unknown-metric', metric: 'makspanMs', known: ['makespanMs'], nearest: 'makespanMs' })
 * // => 'No run has a metric called "makspanMs".\nDid you mean "makespanMs"? There are: makespanMs.'
 * ```
 * @since 0.1.0
 */
export function describeUnknownMetric({ metric, known, nearest }: UnknownMetric): string {
  if (known.length === 0) return `No run has a metric called ${quoteText(metric)}: there are no runs.`
  const meant = nearest === undefined ? '' : `Did you mean ${quoteText(nearest)}? `
  return `No run has a metric called ${quoteText(metric)}.\n${meant}There are: ${known.map(showName).join(', ')}.`
}

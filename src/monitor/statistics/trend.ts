// monitor/statistics: the statistics behind trends and comparisons.
import { median } from '../histogram/quantile.js'
import { changePoint, distance, lastStep, type ChangePoint } from './changePoint.js'
import { mannKendall } from './mannKendall.js'
import { confidenceOf } from './normal.js'
import { theilSen } from './theilSen.js'

/** The trend of values in their order. */
export type Trend =
  | {
      readonly verdict: 'improving' | 'declining' | 'steady'
      /** What one more value adds, on average: the slope of Theil and Sen. */
      readonly slope: number
      /** The change from the first value to the last, as a share of the median: 0.2 is 20 % up. */
      readonly change: number
      /** Of Mann and Kendall: above 2.58 either way, one series in a hundred without a trend would have it. */
      readonly z: number
      /** `2Φ(|z|) − 1`. */
      readonly confidence: number
      readonly values: number
      /** Where the values moved in one step, if they did: then the step and not the slope is the verdict. */
      readonly step?: ChangePoint
    }
  | { readonly verdict: 'too-few'; readonly values: number }

/** Which way is good: times should go down, throughput up. */
export type Better = 'lower' | 'higher'

/** Six values that all go one way are the fewest whose z passes 2.58. */
export const fewestForTrend = 6

const leastZ = 2.58
const leastChange = 0.1
const buckets = 10
/** The number of last values that say where they are now. */
const fewestNow = 3

/**
 * Decides whether values, in their order, get better or worse: only if the test of Mann and Kendall on the medians of about ten buckets has
 * |z| > 2.58, and the slope of Theil and Sen over all of them comes to 10 % of the median.
 *
 * A step counts too: the split at which the values differ most, see `changePoint`. If both hold, the one with the smaller residual is
 * returned: `step` says at which value it began. Of several steps the last one counts, and none from which the values have come back.
 *
 * Only the order counts, whatever the time between. The buckets keep an outlier, and a machine that drifts, from making a trend.
 *
 * @example
 * ```ts
 * import { trendOfValues } from 'millrace/report'
 * const makespans = [200, 205, 212, 221, 224, 230, 241, 247, 252, 260]
 * trendOfValues(makespans, 'lower').verdict // => 'declining'
 * trendOfValues([...makespans].reverse(), 'lower').verdict // => 'improving'
 * ```
 * @since 0.1.0
 */
export function trendOfValues(values: readonly number[], better: Better): Trend {
  if (values.length < fewestForTrend) return { verdict: 'too-few', values: values.length }
  const medians = bucketMedians(values)
  const { z } = mannKendall(medians)
  const slope = theilSen(medians).slope * ((medians.length - 1) / (values.length - 1))
  const middle = median(medians)
  const change = middle === 0 ? 0 : (slope * (values.length - 1)) / Math.abs(middle)
  const moves = Math.abs(z) > leastZ && Math.abs(change) >= leastChange && !isBack(values, slope)
  const step = changePoint(values)
  // Both can hold: a series that rises slowly has a best split too. What leaves less over is what happened.
  const line = moves && step !== undefined ? overLine(values, slope) : Infinity
  const last = step !== undefined && step.left <= line ? lastStep(values) : undefined
  if (last !== undefined) {
    const verdict = last.ratio > 1 === (better === 'higher') ? 'improving' : 'declining'
    return { verdict, slope, change, z: last.z, confidence: confidenceOf(last.z), values: values.length, step: last }
  }
  const verdict = !moves ? 'steady' : z > 0 === (better === 'higher') ? 'improving' : 'declining'
  return { verdict, slope, change, z, confidence: confidenceOf(z), values: values.length }
}

/** Whether the last values lie nearer to where a line of this slope begins than to where it ends. */
function isBack(values: readonly number[], slope: number): boolean {
  const begin = median(values.map((value, x) => value - slope * x))
  const end = begin + slope * (values.length - 1)
  const now = median(values.slice(-fewestNow))
  return Math.abs(now - begin) < Math.abs(now - end)
}

/** What a line of this slope leaves over: Σ of the distances from it, at its best height. */
function overLine(values: readonly number[], slope: number): number {
  const level = values.map((value, x) => value - slope * x)
  return distance(level, median(level))
}

/** Medians of seven to fourteen runs of neighbours, nearly equal in length; the values themselves when they are few. */
function bucketMedians(values: readonly number[]): readonly number[] {
  const { length } = values
  const count = Math.floor(length / Math.max(1, Math.round(length / buckets)))
  return Array.from({ length: count }, (_, bucket) =>
    median(values.slice(Math.floor((bucket * length) / count), Math.floor(((bucket + 1) * length) / count))),
  )
}

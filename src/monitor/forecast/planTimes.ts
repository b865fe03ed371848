import { quantile } from '../histogram/quantile.js'
import type { RunRecord } from '../history/runRecord.js'
import { timesOrder } from '../history/timesOrder.js'

/** What the operations of a plan took in earlier runs. */
export interface PlanTimes {
  /** By the index of the operation in the plan: the median of its times, NaN where there are none. */
  readonly medians: Float64Array
  /** Standard deviation of the logarithm of a time about that median, over all operations; NaN with a single run. */
  readonly spread: number
  /** The same of a whole run: how much faster or slower all of it was. NaN with fewer than three runs. */
  readonly runSpread: number
  readonly runs: number
}

/** The last ten runs say what a plan takes now. */
const mostRuns = 10

/** What the last runs with the times of these very operations tell; undefined where there are none. */
export function planTimes(history: readonly RunRecord[], ids: readonly string[]): PlanTimes | undefined {
  if (history.length === 0) return undefined
  const { order, hash } = timesOrder(ids)
  const known = history
    .flatMap(({ ok, times }) => (ok && times?.ids === hash && times.ms.length === ids.length ? [times.ms] : []))
    .slice(-mostRuns)
  if (known.length === 0) return undefined
  const medians = new Float64Array(ids.length).fill(NaN)
  order.forEach((index, place) => {
    const times = Float64Array.from(known.map((ms) => ms[place]!).filter((ms) => ms >= 0)).sort()
    if (times.length > 0) medians[index] = quantile(times, 0.5)
  })
  const logs = known.map((ms) => order.map((index, place) => logRatio(ms[place]!, medians[index]!)))
  const means = logs.map((run) => meanOf(run.filter((log) => !Number.isNaN(log))))
  const about = logs.flatMap((run, of) => run.map((log) => log - means[of]!)).filter((log) => !Number.isNaN(log))
  // A median of n values lies nearer to them than the truth does.
  const few = known.length / (known.length - 1)
  return {
    medians,
    spread: known.length < 2 ? NaN : Math.sqrt(few * meanOf(about.map((log) => log * log))),
    runSpread: known.length < 3 ? NaN : Math.sqrt(few * meanOf(means.map((mean) => mean * mean))),
    runs: known.length,
  }
}

/** NaN for what was not measured, or is too short to be. */
export function logRatio(ms: number, expectedMs: number): number {
  return ms > 0 && expectedMs > 0 ? Math.log(ms / expectedMs) : NaN
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

import { lowerBoundOf } from '../../../monitor/history/runMetric.js'
import type { RunRecord } from '../../../monitor/history/runRecord.js'
import { median } from '../../../monitor/histogram/quantile.js'
import { fewestValues } from '../../../monitor/statistics/change.js'
import { medianRatio, type MedianRatio } from '../../../monitor/statistics/medianRatio.js'
import { count, thousands } from '../../../terminal/text/count.js'
import { duration } from '../../../terminal/text/duration.js'
import type { RoundsEnd } from './moreRounds.js'
import type { Paint } from '../../../terminal/text/paint.js'

/** How much faster a plan ran as a batch than one operation at a time, both really run. */
export interface SpeedUp {
  /** Runs of each kind. */
  readonly runs: number
  /** Why there were no more. */
  readonly ended: RoundsEnd
  readonly concurrency: number
  /** Medians. */
  readonly batchMs: number
  readonly sequentialMs: number
  readonly batchMakespansMs: readonly number[]
  readonly sequentialMakespansMs: readonly number[]
  /** `sequentialMs ÷ batchMs`, with its 97 % interval. */
  readonly speedup: MedianRatio
  /** `max(critical path, work ÷ concurrency)` of the batch runs, their median: no order of the same operations is faster. */
  readonly lowerBoundMs: number
  /** The work of the batch runs ÷ their bound, the median: both of the same attempts. In no order more of it can be done at once. */
  readonly highestSpeedup: number
}

export function speedUpOf(batch: readonly RunRecord[], sequential: readonly RunRecord[], ended: RoundsEnd): SpeedUp {
  const batchMakespansMs = batch.map(({ makespanMs }) => makespanMs)
  const sequentialMakespansMs = sequential.map(({ makespanMs }) => makespanMs)
  const sequentialMs = median(sequentialMakespansMs)
  const concurrency = batch[0]?.concurrency ?? 0
  const bounded = batch.flatMap((run) => {
    const boundMs = lowerBoundOf(run)
    return boundMs === undefined || boundMs <= 0 ? [] : [{ boundMs, atOnce: run.workMs / boundMs }]
  })
  return {
    runs: batch.length,
    ended,
    concurrency,
    batchMs: median(batchMakespansMs),
    sequentialMs,
    batchMakespansMs,
    sequentialMakespansMs,
    speedup: medianRatio(batchMakespansMs, sequentialMakespansMs),
    lowerBoundMs: median(bounded.map(({ boundMs }) => boundMs)),
    highestSpeedup: median(bounded.map(({ atOnce }) => atOnce)),
  }
}

export function speedUpLines(measured: SpeedUp, paint: Paint): readonly string[] {
  const { runs, concurrency, batchMs, sequentialMs, speedup, lowerBoundMs, highestSpeedup } = measured
  const times = (ratio: number): string => `${ratio.toFixed(2)}x`
  const { batchMakespansMs: batches, sequentialMakespansMs: sequentials } = measured
  const least = times(Math.min(...sequentials) / Math.max(...batches))
  const greatest = times(Math.max(...sequentials) / Math.min(...batches))
  const few = runs === 1 ? 'measured once' : `from ${least} to ${greatest} in ${runs} runs`
  const sure = runs < fewestValues ? few : `97 % interval ${times(speedup.low)} to ${times(speedup.high)}`
  const open = runs >= fewestValues && speedup.low <= 1 && speedup.high >= 1
  const headline = (): string =>
    open
      ? `No measurable speed-up: it lies between ${times(speedup.low)} and ${times(speedup.high)} (97 % interval).`
      : paint(speedup.ratio > 1 ? 'good' : 'plain', `Speed-up ${times(speedup.ratio)} (${sure}).`)
  return [
    `Both were run ${runs === 1 ? 'once' : `${count(runs, 'time')} in turn`}, each in a fresh copy of the root:`,
    `  batch, at most ${thousands(concurrency)} at once: ${duration(batchMs)}`,
    `  one at a time: ${duration(sequentialMs)}`,
    headline(),
    ...(measured.ended === 'budget'
      ? [
          'The interval is still wide after the default number of rounds: --compare-sequential=100 runs more; on a quiet machine, fewer are enough.',
        ]
      : []),
    `In any order these operations take at least ${duration(lowerBoundMs)} (the longest chain or the work ÷ ${thousands(concurrency)}, whichever is longer); their work is ${times(highestSpeedup)} that.`,
  ]
}

import { differences } from '../monitor/history/comparable.js'
import type { RunRecord } from '../monitor/history/runRecord.js'
import { trendOf } from '../monitor/history/trendOf.js'
import type { PicturedHistory } from './picture/picture.js'

const mostRuns = 60

/** The runs up to this one that can be compared with it, and where their times went. Undefined for a run that is not in the history. */
export function historyOfPlan(history: readonly RunRecord[], runId: string): PicturedHistory | undefined {
  const ordered = history.toSorted((a, b) => a.startedAt - b.startedAt)
  const at = ordered.findIndex((run) => run.runId === runId)
  const self = ordered[at]
  if (self === undefined) return undefined
  const like = ordered.slice(0, at + 1).filter((run) => differences(run, self).length === 0)
  const runs = like.slice(-mostRuns).map(({ runId: id, startedAt, makespanMs, ok }) => ({ runId: id, startedAt, makespanMs, ok }))
  return { runs, trend: trendWords(like) }
}

function trendWords(runs: readonly RunRecord[]): string {
  const found = trendOf(runs, 'makespanMs')
  if (found._tag === 'Left') return ''
  const { trend, since } = found.right
  if (trend.verdict === 'too-few') return 'Too few successful runs for a trend.'
  if (trend.verdict === 'steady') return 'No trend beyond the noise.'
  const way = trend.verdict === 'improving' ? 'Faster' : 'Slower'
  if (since !== undefined && trend.step !== undefined)
    return `${way} since the run ${since.runId}: ${trend.step.ratio.toFixed(2)} times the median before.`
  return `${way}: ${Math.abs(100 * trend.change).toFixed(0)} % from the first of these runs to the last.`
}

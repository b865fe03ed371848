import type { HistoryEntry } from '../../journal/history/historyEntry.js'
import { describeUnknownMetric, trendOf } from '../../monitor/history/trendOf.js'
import { fewestForTrend } from '../../monitor/statistics/trend.js'
import { refusalOf } from '../answers/refusal.js'
import { answer, type ToolAnswer } from '../answers/toolAnswer.js'
import { hundredths } from './hundredths.js'
import { noRuns } from './noRuns.js'

const shownValues = 30

/** Where a metric went over the runs that are like the last one. */
export function trendsAnswer(entries: readonly HistoryEntry[], metric: string): ToolAnswer {
  if (entries.length === 0) return noRuns()
  const found = trendOf(
    entries.map(({ run }) => run),
    metric,
  )
  if (found._tag === 'Left')
    return refusalOf({ at: 'metric', type: 'unknown-metric', message: `metric: ${describeUnknownMetric(found.left)}` }, [
      'batch_performance {"action":"trends","metric":"makespanMs"}',
    ])
  const { better, points, notComparable, noEvidence, trend, since } = found.right
  const values = points.slice(-shownValues).map(({ value }) => hundredths(value))
  const facts = {
    metric,
    better,
    verdict: trend.verdict,
    runs: points.length,
    notComparable,
    ...(noEvidence > 0 && { noEvidence }),
    values,
    ...(since !== undefined && { since: { runId: since.runId, startedAt: since.startedAt } }),
    ...(trend.verdict !== 'too-few' && { changePercent: hundredths(100 * trend.change), confidence: hundredths(trend.confidence) }),
  }
  const judged =
    trend.verdict === 'too-few'
      ? `too few runs to tell: ${trend.values} like the last one, and a trend needs ${fewestForTrend}`
      : since !== undefined && trend.step !== undefined
        ? `${trend.verdict}: a step at run ${since.runId}, ${hundredths(trend.step.ratio)} times the median before, confidence ${hundredths(trend.confidence)}; ${better} is better`
        : `${trend.verdict}: ${hundredths(100 * trend.change)} % from the first run to the last, confidence ${hundredths(trend.confidence)}; ${better} is better`
  const failed = noEvidence > 0 ? ` ${noEvidence} runs that failed were left out.` : ''
  const others = (notComparable > 0 ? ` ${notComparable} runs of other plans or conditions were left out.` : '') + failed
  return answer(`${metric} ${judged}.${others}\nLatest values: ${values.join(', ')}`, facts)
}

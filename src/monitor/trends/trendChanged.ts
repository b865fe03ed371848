import type { TrendChanged } from '../../model/metrics/monitorEvent.js'
import type { RunTrend } from '../../model/metrics/runTrend.js'
import { runTrendText } from './runTrendText.js'

export function trendChanged(stamp: Pick<TrendChanged, 'runId' | 'afterSeq' | 'at'>, trend: RunTrend): TrendChanged {
  return { type: 'trend-changed', ...stamp, trend, message: runTrendText(trend) }
}

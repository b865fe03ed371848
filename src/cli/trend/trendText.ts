import type { MetricTrend } from '../../monitor/history/trendOf.js'
import { fewestForTrend } from '../../monitor/statistics/trend.js'
import { count } from '../../terminal/text/count.js'
import type { Paint, Tone } from '../../terminal/text/paint.js'
import { visible } from '../../terminal/text/visible.js'
import { when } from '../../terminal/text/when.js'
import { metricText } from './metricText.js'
import { sparkline } from './sparkline.js'

const chartWidth = 60

/** Where a metric went, drawn and in words. */
export function trendText(
  { metric, better, points, notComparable, noEvidence, trend, since }: MetricTrend,
  paint: Paint,
): readonly string[] {
  const values = points.map(({ value }) => value)
  const name = visible(metric)
  const left = [
    ...(notComparable > 0 ? [` ${count(notComparable, 'other run')} of another plan or under other conditions left out.`] : []),
    ...(noEvidence > 0 ? [` ${count(noEvidence, 'run')} that failed left out.`] : []),
  ].join('')
  if (trend.verdict === 'too-few')
    return [
      `${name}: too few runs to tell. ${trend.values === 1 ? 'There is' : 'There are'} ${trend.values} like the last one; a trend needs ${fewestForTrend}.${left}`,
    ]
  const last = metricText(metric, values.at(-1)!)
  const scale = `${metricText(metric, Math.min(...values))} to ${metricText(metric, Math.max(...values))}, last ${last}`
  const direction = trend.change > 0 ? 'up' : 'down'
  const share = `${Number(Math.abs(100 * trend.change).toFixed(1))} %`
  // Of no number of runs does a trend follow for certain.
  const sure = trend.confidence > 0.999 ? 'more than 99.9 %' : `${(100 * trend.confidence).toFixed(1)} %`
  const words =
    since !== undefined && trend.step !== undefined
      ? `a step at run ${visible(since.runId)} (${when(since.startedAt)}): ${ratioText(trend.step.ratio)} since then, with ${sure} confidence; ${better} is better.`
      : trend.verdict === 'steady'
        ? `no trend beyond the noise (slope ${metricText(metric, trend.slope)} a run, confidence ${sure}).`
        : `${direction} ${share} from the first run to the last, ${metricText(metric, Math.abs(trend.slope))} a run, with ${sure} confidence; ${better} is better.`
  return [
    `${name}, ${count(points.length, 'run')}, oldest first:`,
    `${sparkline(values, chartWidth)}  ${paint('faint', scale)}`,
    `${paint(tones[trend.verdict], trend.verdict)}: ${words}${left}`,
  ]
}

const tones: Readonly<Record<'improving' | 'declining' | 'steady', Tone>> = { improving: 'good', declining: 'bad', steady: 'plain' }

function ratioText(ratio: number): string {
  return ratio === Infinity ? 'up from 0' : `${ratio.toFixed(2)} times the median before`
}

import type { Comparison } from '../../monitor/history/compareRuns.js'
import { fewestValues, type Change } from '../../monitor/statistics/change.js'
import { count } from '../../terminal/text/count.js'
import { duration } from '../../terminal/text/duration.js'
import type { Paint, Tone } from '../../terminal/text/paint.js'
import { visible } from '../../terminal/text/visible.js'
import { when } from '../../terminal/text/when.js'

const order: readonly Change['verdict'][] = ['slower', 'faster', 'same', 'too-few']
const tones: Readonly<Record<Change['verdict'], Tone>> = { slower: 'bad', faster: 'good', same: 'plain', 'too-few': 'faint' }

/** What became slower or faster, worst first, and from which run on. */
export function comparisonText(
  { verdict, makespan, types, leftOut, beforeStep, since }: Comparison,
  paint: Paint,
  slowerIs: 'slower' | 'suspected' = 'slower',
): readonly string[] {
  const sorted = [...types].sort((a, b) => order.indexOf(a.change.verdict) - order.indexOf(b.change.verdict))
  const moved = since !== undefined && (verdict === 'slower' || verdict === 'faster')
  return [
    ...sorted.map(({ name, change }) => line(visible(name), change, paint, slowerIs)),
    line('the whole run', makespan, paint, slowerIs),
    ...(moved ? [`${verdict === 'slower' ? slowerIs : verdict} since the run ${visible(since.runId)} (${when(since.startedAt)}).`] : []),
    ...(beforeStep > 0 ? [paint('faint', `left out: ${count(beforeStep, 'run')} before a step in their times.`)] : []),
    ...(leftOut > 0 ? [paint('faint', `left out: ${count(leftOut, 'run')} that failed.`)] : []),
  ]
}

function line(name: string, change: Change, paint: Paint, slowerIs: string): string {
  if (change.verdict === 'too-few')
    return paint('faint', `too few to tell: ${name}, with ${sides(change.before, change.after)}; each side needs ${fewestValues}.`)
  const { verdict, beforeMs, afterMs, ratio, low, high } = change
  const interval = `${ratio.toFixed(2)}x, 97 % interval ${low.toFixed(2)} to ${high.toFixed(2)}`
  return `${paint(tones[verdict], verdict === 'slower' ? slowerIs : verdict)}: ${name}, ${duration(beforeMs)} before, ${duration(afterMs)} now (medians of runs; ${interval}).`
}

function sides(before: number, after: number): string {
  return before === after ? `${count(before, 'run')} a side` : `${count(before, 'run')} before and ${count(after, 'run')} now`
}

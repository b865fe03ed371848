import type { Comparison, TypeChange } from '../../monitor/history/compareRuns.js'
import { fewestValues, type Change } from '../../monitor/statistics/change.js'
import { count } from '../../terminal/text/count.js'
import { duration } from '../../terminal/text/duration.js'
import type { Paint, Tone } from '../../terminal/text/paint.js'
import { visible } from '../../terminal/text/visible.js'

const order: readonly Change['verdict'][] = ['slower', 'faster', 'same', 'too-few']
const tones: Readonly<Record<Change['verdict'], Tone>> = { slower: 'bad', faster: 'good', same: 'plain', 'too-few': 'faint' }

/** What became slower or faster, worst first. */
export function comparisonText({ makespan, types, leftOut }: Comparison, paint: Paint): readonly string[] {
  const sorted = [...types].sort((a, b) => order.indexOf(a.change.verdict) - order.indexOf(b.change.verdict))
  return [
    ...sorted.map((type) => typeLine(type, paint)),
    line('the whole run', makespan, 'runs', paint),
    ...(leftOut > 0 ? [paint('faint', `left out: ${count(leftOut, 'run')} that failed.`)] : []),
  ]
}

function typeLine({ name, change, of }: TypeChange, paint: Paint): string {
  return line(visible(name), change, of, paint)
}

function line(name: string, change: Change, of: TypeChange['of'], paint: Paint): string {
  if (change.verdict === 'too-few')
    return paint('faint', `too few to tell: ${name}, with ${sides(change.before, change.after, of)}; it takes ${fewestValues} a side.`)
  const { verdict, beforeMs, afterMs, ratio, low, high } = change
  const interval = `${ratio.toFixed(2)}x, 97 % interval ${low.toFixed(2)} to ${high.toFixed(2)}`
  return `${paint(tones[verdict], verdict)}: ${name}, ${duration(beforeMs)} before, ${duration(afterMs)} now (medians of ${of}; ${interval}).`
}

function sides(before: number, after: number, of: TypeChange['of']): string {
  const one = of === 'runs' ? 'run' : 'operation'
  return before === after ? `${count(before, one)} a side` : `${count(before, one)} before and ${count(after, one)} now`
}

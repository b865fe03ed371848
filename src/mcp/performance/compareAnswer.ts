import { readBaseline } from '../../journal/history/baselines.js'
import type { HistoryEntry } from '../../journal/history/historyEntry.js'
import { describeDifference, differences, isEvidence } from '../../monitor/history/comparable.js'
import { compareRuns } from '../../monitor/history/compareRuns.js'
import type { RunRecord } from '../../monitor/history/runRecord.js'
import { sinceStep } from '../../monitor/history/sinceStep.js'
import { fewestValues, type Change } from '../../monitor/statistics/change.js'
import { answer, type ToolAnswer } from '../answers/toolAnswer.js'
import { baselineName, runsLikeLast } from './baselineRuns.js'
import { hundredths } from './hundredths.js'
import { noRuns } from './noRuns.js'

/** The last runs of a plan against its baseline, or, where there is none, those since the last step, or the last five, against the earlier ones. */
export async function compareAnswer(root: string, entries: readonly HistoryEntry[]): Promise<ToolAnswer> {
  const last = entries.at(-1)?.run
  if (last === undefined) return noRuns()
  const like = runsLikeLast(entries)
  const baseline = (await readBaseline(root, baselineName))?.runs ?? []
  const [kept] = baseline
  const comparable = kept !== undefined && differences(kept, last).length === 0
  const known = new Set(baseline.map(({ runId }) => runId))
  const from = laterFrom(like)
  const before = comparable ? baseline : like.slice(0, from)
  const after = comparable ? like.filter(({ runId }) => !known.has(runId)) : like.slice(from)
  const against = comparable ? 'baseline' : 'earlier runs'
  const note = kept !== undefined && !comparable ? differences(kept, last).map(describeDifference) : []
  const compared = compareRuns(before, after)
  // Both sides are like the last run, so nothing can keep them from being compared.
  if (compared._tag === 'Left') return answer(compared.left.map(describeDifference).join('\n'), { verdict: 'not-comparable' })
  const { verdict, makespan, types, since } = compared.right
  const moved = since !== undefined && (verdict === 'slower' || verdict === 'faster') ? since : undefined
  const facts = {
    verdict,
    against,
    runs: { before: before.length, after: after.length },
    ...(moved && { since: moved }),
    makespan: changeFacts(makespan),
    operationTypes: types.map(({ name, change }) => ({ name, ...changeFacts(change) })),
    ...(note.length > 0 && { baselineNotUsed: note }),
  }
  const lines = [
    `${verdict}${moved ? ` since run ${moved.runId}` : ''}: ${after.length} runs against ${before.length} of the ${against}.`,
    changeText('the whole batch', makespan),
    ...types.map(({ name, change }) => changeText(name, change)),
    ...note.map((text) => `The baseline was not used. ${text}`),
  ]
  return answer(lines.join('\n'), facts)
}

/** The first of the later runs, where no baseline says which those are. */
function laterFrom(runs: readonly RunRecord[]): number {
  const good = runs.filter(isEvidence)
  const later = sinceStep(good)
  return later.length < good.length ? runs.indexOf(later[0]!) : Math.max(0, runs.length - fewestValues)
}

function changeFacts(change: Change): object {
  if (change.verdict === 'too-few') return { verdict: change.verdict, before: change.before, after: change.after }
  const { verdict, beforeMs, afterMs, ratio, low, high } = change
  return {
    verdict,
    beforeMs: hundredths(beforeMs),
    afterMs: hundredths(afterMs),
    ratio: hundredths(ratio),
    interval: [hundredths(low), hundredths(high)],
  }
}

function changeText(name: string, change: Change): string {
  if (change.verdict === 'too-few') return `  ${name}: too few runs to tell (${change.before} before, ${change.after} now)`
  const { verdict, beforeMs, afterMs, ratio, low, high } = change
  return `  ${name}: ${verdict}, ${hundredths(beforeMs)} ms before, ${hundredths(afterMs)} ms now (${hundredths(ratio)}x, interval ${hundredths(low)} to ${hundredths(high)})`
}

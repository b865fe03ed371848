import { writeBaseline } from '../../journal/history/baselines.js'
import type { HistoryEntry } from '../../journal/history/historyEntry.js'
import { answer, type ToolAnswer } from '../answers/toolAnswer.js'
import { baselineName, runsLikeLast } from './baselineRuns.js'
import { noRuns } from './noRuns.js'

/** Five runs a side are the fewest whose makespans can be compared; more make the comparison surer. */
const mostRuns = 20

/** Keeps the last runs of the last plan, for later ones to be compared with. */
export async function baselineAnswer(root: string, entries: readonly HistoryEntry[]): Promise<ToolAnswer> {
  const runs = runsLikeLast(entries).slice(-mostRuns)
  if (runs.length === 0) return noRuns()
  await writeBaseline(root, baselineName, runs)
  return answer(`The last ${runs.length === 1 ? 'run is' : `${runs.length} runs are`} now the baseline "${baselineName}".`, {
    baseline: baselineName,
    runs: runs.map(({ runId }) => runId),
  })
}

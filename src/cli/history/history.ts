// cli/history: the command that lists finished runs.
import { rebuildHistory, type Rebuilt } from '../../journal/history/rebuildHistory.js'
import type { HistoryEntry } from '../../journal/history/historyEntry.js'
import { exitCodes } from '../process/exitCodes.js'
import { adviceScores, adviceText } from './adviceScores.js'
import { historyTable, meanConcurrencyOf } from './historyTable.js'
import { openHistory, paintFor, type LookingBackFlags } from '../pastRuns/openHistory.js'
import { output } from '../process/output.js'
import { count } from '../../terminal/text/count.js'
import { visible } from '../../terminal/text/visible.js'

export interface HistoryFlags extends LookingBackFlags {
  readonly limit: number
  readonly advice?: true
  readonly rebuild?: true
}

/** `millrace history`: the finished runs of a root, the latest first. Answers the exit code. */
export async function history(flags: HistoryFlags): Promise<number> {
  if (flags.rebuild) process.stderr.write(rebuiltText(await rebuildHistory(flags.root ?? '.')))
  const { entries } = await openHistory(flags)
  const out = output(process.stdout, () => undefined)
  const latest = entries.toReversed().slice(0, flags.limit)
  const scores = flags.advice && adviceScores(entries)
  if (flags.json) await out.write(`${JSON.stringify({ runs: latest.map(documentOf), ...(scores && { advice: scores }) })}\n`)
  else {
    const lines =
      entries.length === 0
        ? ['There are no finished runs here yet.']
        : scores
          ? adviceText(scores)
          : [...historyTable(latest, paintFor(process.stdout, flags)), ...moreText(entries.length - latest.length)]
    await out.write(`${lines.join('\n')}\n`)
  }
  await out.flush()
  return exitCodes.ok
}

/** One run for programs: its line in the history, but for samples and buckets. */
function documentOf({ run, plan, advice, scored }: HistoryEntry): object {
  const types = run.types.map(({ samples: _samples, histogram: _histogram, ...type }) => type)
  return { ...run, types, meanConcurrency: meanConcurrencyOf(run), ...(plan !== undefined && { plan }), advice, scored }
}

function moreText(hidden: number): readonly string[] {
  return hidden > 0 ? [`${count(hidden, 'earlier run')} not listed: --limit N shows more.`] : []
}

function rebuiltText({ fromLogs, kept, unfinished, withoutPlan, damaged }: Rebuilt): string {
  const lines = [`${count(fromLogs, 'run')} read from ${fromLogs === 1 ? 'its log' : 'their logs'}, ${count(kept, 'line')} kept.`]
  if (unfinished.length > 0) lines.push(`${count(unfinished.length, 'log ends', 'logs end')} before the run did: left out.`)
  if (withoutPlan.length > 0) lines.push(`${count(withoutPlan.length, 'log does', 'logs do')} not describe the plan: left out.`)
  return `${[...lines, ...damaged.map((text) => text.split('\n').map(visible).join('\n  '))].join('\n')}\n`
}

import type { HistoryEntry } from '../../journal/history/historyEntry.js'
import { thousands } from '../../terminal/text/count.js'
import { duration } from '../../terminal/text/duration.js'
import type { Paint } from '../../terminal/text/paint.js'
import { visible } from '../../terminal/text/visible.js'
import { clip } from '../../terminal/text/width.js'
import { shortIds } from '../pastRuns/shortIds.js'
import { table } from '../../terminal/text/table.js'
import { when } from '../../terminal/text/when.js'

const longestName = 40

/** Finished runs, one a line. */
export function historyTable(entries: readonly HistoryEntry[], paint: Paint): readonly string[] {
  const short = shortIds(entries.map(({ run }) => run.runId))
  const [titles = '', ...rows] = table<HistoryEntry>(
    [
      { title: 'run', text: ({ run }) => short(run.runId) },
      { title: 'name', text: ({ run, plan }) => clip(visible(run.name ?? plan ?? '-'), longestName) },
      { title: 'when', text: ({ run }) => when(run.startedAt) },
      { title: 'outcome', text: ({ run }) => outcomeOf(run) },
      { title: 'operations', text: ({ run }) => thousands(run.counts.total), right: true },
      { title: 'makespan', text: ({ run }) => duration(run.makespanMs), right: true },
      { title: 'at once', text: ({ run }) => meanConcurrencyOf(run)?.toFixed(1) ?? '-', right: true },
    ],
    entries,
  )
  return [paint('faint', titles), ...rows]
}

/** `ok`, or what kept it from that. */
function outcomeOf({ ok, counts: { failed, cancelled, skipped } }: HistoryEntry['run']): string {
  if (ok) return 'ok'
  if (failed > 0) return `${thousands(failed)} failed`
  return cancelled > 0 ? `${thousands(cancelled)} cancelled` : skipped > 0 ? `${thousands(skipped)} skipped` : 'stopped'
}

/** Operations running at once, on average; undefined when none ran. */
export function meanConcurrencyOf({ workMs, makespanMs }: HistoryEntry['run']): number | undefined {
  return makespanMs > 0 ? workMs / makespanMs : undefined
}

import { adviceFor } from '../../monitor/advice/adviceFor.js'
import { scoreAdvice } from '../../monitor/advice/scoreAdvice.js'
import type { RunRecord } from '../../monitor/history/runRecord.js'
import type { RanCommand } from '../ranCommand.js'
import { checkOf } from './checkOf.js'
import type { HistoryEntry, ScoredAdvice } from './historyEntry.js'

/** The line of a run behind those of the runs before it; `command` is the one it came about by, where that is known. */
export function historyEntryOf(
  run: RunRecord,
  plan: string | undefined,
  before: readonly HistoryEntry[],
  command?: RanCommand,
): HistoryEntry {
  // The rules know the plan's file alone: by that a command would run it elsewhere, and otherwise, than it was run.
  const ran = { concurrency: run.concurrency, plan, command }
  const advice = adviceFor(run, plan ?? '-').map((given) => ({ ...given, check: checkOf(given, ran) }))
  return { run, ...(plan !== undefined && { plan }), advice, scored: scoresBy(run, before) }
}

/** What a run says about the advice that earlier ones gave: about the latest of each kind, and only once. */
function scoresBy(run: RunRecord, before: readonly HistoryEntry[]): readonly ScoredAdvice[] {
  const known = new Set(before.flatMap(({ scored }) => scored.map(({ runId, id }) => `${runId} ${id}`)))
  const seen = new Set<string>()
  return before.toReversed().flatMap((entry) =>
    entry.advice.flatMap((advice): readonly ScoredAdvice[] => {
      const { runId } = entry.run
      const kind = JSON.stringify([advice.id, advice.conditions])
      if (seen.has(kind)) return []
      seen.add(kind)
      if (known.has(`${runId} ${advice.id}`)) return []
      const score = scoreAdvice(advice, run)
      return score === 'not-tested' ? [] : [{ runId, id: advice.id, score }]
    }),
  )
}

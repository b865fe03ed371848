import type { Advice } from '../../monitor/advice/advice.js'
import { adviceFor } from '../../monitor/advice/adviceFor.js'
import { scoreAdvice } from '../../monitor/advice/scoreAdvice.js'
import type { RunRecord } from '../../monitor/history/runRecord.js'
import { checkInWords } from './checkInWords.js'
import type { HistoryEntry, ScoredAdvice } from './historyEntry.js'

/** The line of a run behind those of the runs before it; `check` gives the commands that check its advice, where they are known. */
export function historyEntryOf(
  run: RunRecord,
  plan: string | undefined,
  before: readonly HistoryEntry[],
  check = (advice: Advice): string => checkInWords(advice, run.concurrency, plan),
): HistoryEntry {
  // By its file alone a command would run the plan elsewhere, and otherwise, than it was run.
  const advice = adviceFor(run, plan ?? '-').map((given) => ({ ...given, check: check(given) }))
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

import { adviceFor } from '../../monitor/advice/adviceFor.js'
import type { RunRecord } from '../../monitor/history/runRecord.js'
import type { RanCommand } from '../ranCommand.js'
import { checkOf } from './checkOf.js'
import { givenAdvice, type GivenAdvice } from './givenAdvice.js'
import type { HistoryEntry } from './historyEntry.js'

/** The line of a run behind those of the runs before it; `command` is the one it came about by, where that is known. */
export function historyEntryOf(
  run: RunRecord,
  plan: string | undefined,
  before: readonly HistoryEntry[],
  command?: RanCommand,
): HistoryEntry {
  return entryBehind(givenAdvice(before), run, plan, command)
}

/** The same, where what the runs before advised is at hand. */
export function entryBehind(before: GivenAdvice, run: RunRecord, plan: string | undefined, command?: RanCommand): HistoryEntry {
  // The rules know the plan's file alone: by that a command would run it elsewhere, and otherwise, than it was run.
  const ran = { concurrency: run.concurrency, plan, command }
  const advice = adviceFor(run, plan ?? '-').map((given) => ({ ...given, check: checkOf(given, ran) }))
  return { run, ...(plan !== undefined && { plan }), advice, scored: before.scoresBy(run) }
}

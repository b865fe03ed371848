import type { HistoryEntry } from '../../journal/history/historyEntry.js'
import { differences } from '../../monitor/history/comparable.js'
import type { RunRecord } from '../../monitor/history/runRecord.js'

/** The baseline that this tool keeps, as `millrace baseline show` names it. */
export const baselineName = 'default'

/** The runs that can be compared with the last one, oldest first, that one included. */
export function runsLikeLast(entries: readonly HistoryEntry[]): readonly RunRecord[] {
  const last = entries.at(-1)?.run
  return last === undefined ? [] : entries.flatMap(({ run }) => (differences(run, last).length === 0 ? [run] : []))
}

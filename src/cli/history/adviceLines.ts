import type { HistoryEntry } from '../../journal/history/historyEntry.js'
import type { Paint } from '../text/paint.js'
import { visible } from '../text/visible.js'

const most = 2

/** The advice of a run for whoever just saw it: what another run can check, and how. `millrace history --json` has all of it. */
export function adviceLines({ advice }: HistoryEntry, paint: Paint): readonly string[] {
  return advice
    .filter(({ predicted }) => predicted !== undefined)
    .slice(0, most)
    .flatMap(({ claim, check }) => [`${paint('strong', 'Advice:')} ${visible(claim)}`, paint('faint', `  To check it: ${visible(check)}`)])
}

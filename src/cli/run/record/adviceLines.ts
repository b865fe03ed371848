import type { HistoryEntry } from '../../../journal/history/historyEntry.js'
import type { Paint } from '../../../terminal/text/paint.js'
import { visible } from '../../../terminal/text/visible.js'

const most = 2
/** Of a shorter run advice is noise: there is next to nothing to gain. */
const shortestMs = 500

/**
 * The advice of a run for whoever just saw it: what another run can check, and how. `millrace history --json` has all of it.
 *
 * None of a run that failed, was stopped or resumed another one: its times are not those of its plan, and something else is to be mended first.
 */
export function adviceLines({ run, advice }: HistoryEntry, stopped: boolean, paint: Paint): readonly string[] {
  if (!run.ok || stopped || run.reused !== undefined || run.makespanMs < shortestMs) return []
  return advice
    .filter(({ predicted }) => predicted !== undefined)
    .slice(0, most)
    .flatMap(({ claim, check }) => [`${paint('strong', 'Advice:')} ${visible(claim)}`, paint('faint', `  To check it: ${visible(check)}`)])
}

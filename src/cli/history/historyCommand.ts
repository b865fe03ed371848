import type { Command } from 'commander'
import { wholeFromOne } from '../flags/flagValues.js'
import { lookingBack } from '../pastRuns/lookingBack.js'
import type { HistoryFlags } from './history.js'

/** `millrace history`, as it is written: the runs that have finished, and how often advice was right. */
export function historyCommand(finish: (code: number) => void): Command {
  return lookingBack('history', 'list finished runs')
    .option('--limit <n>', 'show this many runs, the latest first', wholeFromOne, 20)
    .option('--advice', 'show how often advice was right')
    .option('--rebuild', 'rebuild the history from the event logs first')
    .addHelpText(
      'after',
      `
Each finished run has one line in .millrace/history.ndjson of its root.

Examples:
  millrace history
  millrace history --json | jq '.runs[] | select(.ok | not) | .runId'
  millrace history --advice`,
    )
    .action(async (flags: HistoryFlags) => {
      const { history } = await import('./history.js')
      finish(await history(flags))
    })
}

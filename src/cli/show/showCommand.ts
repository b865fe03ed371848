import type { Command } from 'commander'
import { lookingBack, runWords } from '../pastRuns/lookingBack.js'
import type { ShowFlags } from './show.js'

/** `millrace show`, as it is written. */
export function showCommand(finish: (code: number) => void): Command {
  return lookingBack('show', 'show a past run, or one of its operations')
    .argument('[run]', 'the run (default: last)')
    .argument('[operation]', 'the id of one of its operations')
    .addHelpText(
      'after',
      `${runWords}
An interrupted run has no line in the history: name it by its id.

Shows the report of the run, or the outcome, value or error, attempts, waits and output of one operation.
A single word that is not a run is read as an operation of the last run.

Examples:
  millrace show
  millrace show last~1
  millrace show last test
  millrace show test
  millrace show last test --json | jq -r .stdout

Exit codes: 0 shown, 1 the log is damaged or missing, 2 there is no such run or operation.`,
    )
    .action(async (run: string | undefined, operation: string | undefined, flags: ShowFlags) => {
      const { show } = await import('./show.js')
      finish(await show(run, operation, flags))
    })
}

import type { Command } from 'commander'
import { lookingBack, runWords } from '../pastRuns/lookingBack.js'
import type { ShowFlags } from './show.js'

/** `millrace show`, as it is written. */
export function showCommand(finish: (code: number) => void): Command {
  return lookingBack('show', 'show a run again, or one of its operations')
    .argument('[run]', 'the run (default: last)')
    .argument('[operation]', 'the id of one of its operations')
    .addHelpText(
      'after',
      `${runWords}
A run that was cut off has no line in the history: name it by its id.

Shows the report of the run; of an operation its outcome, value or error, attempts, what it waited for, and both streams.
A single word that names no run is taken for an operation of the last one.

Examples:
  millrace show
  millrace show last~1
  millrace show last test
  millrace show test
  millrace show last test --json | jq -r .stdout

Exit codes: 0 it is shown, 1 its log is damaged or gone, 2 there is no such run or operation.`,
    )
    .action(async (run: string | undefined, operation: string | undefined, flags: ShowFlags) => {
      const { show } = await import('./show.js')
      finish(await show(run, operation, flags))
    })
}

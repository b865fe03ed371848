import { Command } from 'commander'
import { whole } from '../flags/flagValues.js'
import { runWords } from '../pastRuns/lookingBack.js'
import type { WatchFlags } from './watchRun.js'

/** `millrace watch`, as it is written. */
export function watchCommand(finish: (code: number) => void): Command {
  return new Command('watch')
    .description('show a run live in the browser')
    .option('--root <dir>', 'the root that holds the run (default: this folder)')
    .option('--port <n>', 'the port of 127.0.0.1 to serve it on (default: any that is free)', whole(0, 65_535))
    .helpOption('-h, --help', 'show help')
    .exitOverride()
    .argument('[run]', 'the run (default: the one that started last)')
    .addHelpText(
      'after',
      `${runWords}

Follows the event log of a run, whichever process runs it, and prints the address of a live page: that of
"millrace report", updated as events arrive. Only this machine can open it, and only with the printed address, which contains a
secret.
Ctrl-C stops watching; the run continues.

Examples:
  millrace watch
  millrace run plan.yaml --ui

Exit codes: 1 the log cannot be read or the port is taken, 2 there is no such run, 130 stopped by Ctrl-C.`,
    )
    .action(async (run: string | undefined, flags: WatchFlags) => {
      const { watchRun } = await import('./watchRun.js')
      finish(await watchRun(run, flags))
    })
}

import { Command } from 'commander'
import { whole } from '../flags/flagValues.js'
import { runWords } from '../pastRuns/lookingBack.js'
import type { WatchFlags } from './watchRun.js'

/** `millrace watch`, as it is written. */
export function watchCommand(finish: (code: number) => void): Command {
  return new Command('watch')
    .description('show a run live in the browser')
    .option('--root <dir>', 'the root whose run is meant (default: this folder)')
    .option('--port <n>', 'the port of 127.0.0.1 to serve it on (default: any that is free)', whole(0, 65_535))
    .helpOption('-h, --help', 'show help')
    .exitOverride()
    .argument('[run]', 'the run (default: the one that started last)')
    .addHelpText(
      'after',
      `${runWords}

Follows the event log of a run, whichever process runs it, and prints the address of its page: the page of "millrace report",
drawn anew as events come. Only this machine can reach it, and only with the address as it is printed, which has a secret in it.
Ctrl-C ends it; the run goes on.

Examples:
  millrace watch
  millrace run plan.yaml --ui

Exit codes: 1 the log cannot be read or the port is taken, 2 there is no such run, 130 it was ended by Ctrl-C.`,
    )
    .action(async (run: string | undefined, flags: WatchFlags) => {
      const { watchRun } = await import('./watchRun.js')
      finish(await watchRun(run, flags))
    })
}

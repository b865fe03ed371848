import { type Command, Option } from 'commander'
import { wholeFromOne } from '../flags/flagValues.js'
import { lookingBack, runWords } from '../pastRuns/lookingBack.js'
import type { CompareFlags } from './compare.js'

/** `millrace compare`, as it is written: what became slower or faster from one run to another. */
export function compareCommand(finish: (code: number) => void): Command {
  return lookingBack('compare', 'show what became slower or faster between two runs')
    .argument('<before>', 'a run, or a baseline')
    .argument('<after>', 'a run, or a baseline')
    .option('--runs <n>', 'runs on each side: the named one and the latest comparable ones before it', wholeFromOne, 1)
    .addOption(
      new Option('--fail-on <verdict>', 'exit with 3 on this verdict; it takes 5 operations of a type a side, or --runs 5').choices([
        'slower',
      ]),
    )
    .addHelpText(
      'after',
      `${runWords}

Runs of another plan, concurrency, number of CPUs or major version of Node are rejected: their times are not comparable.
An operation type needs five operations on each side; the whole run needs five runs on each side (--runs 5). With fewer,
--fail-on does not judge: it says so on stderr, and the exit code is 0.

Examples:
  millrace compare last~1 last
  millrace compare last~1 last --fail-on slower
  millrace compare main last --runs 5 --json

Exit codes: 0 compared, 2 not comparable or invalid usage, 3 slower, with --fail-on slower.`,
    )
    .action(async (before: string, after: string, flags: CompareFlags) => {
      const { compare } = await import('../compare/compare.js')
      finish(await compare(before, after, flags))
    })
}

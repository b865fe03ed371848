import { type Command, Option } from 'commander'
import { collectValues, wholeFromOne } from '../flags/flagValues.js'
import { lookingBack, runWords } from '../pastRuns/lookingBack.js'
import type { CompareFlags } from './compare.js'

/** `millrace compare`, as it is written: what became slower or faster from one run to another. */
export function compareCommand(finish: (code: number) => void): Command {
  return lookingBack('compare', 'show what became slower or faster between two runs')
    .argument('<before>', 'a run, or a baseline')
    .argument('<after>', 'a run, or a baseline')
    .option(
      '--runs <n>',
      'at most this many runs on each side: the named one and the latest comparable ones before it (default: 20)',
      wholeFromOne,
    )
    .addOption(new Option('--fail-on <verdict>', 'exit with 3 on this verdict; needs 5 runs on each side').choices(['slower']))
    .option('--confirm', 'run what looks slower again before it is called slower: old and new in turn, in copies of the root')
    .option('--old <file>', 'with --confirm: the old plan, if it has changed')
    .option('--old-root <dir>', 'with --confirm: the folder with the old files')
    .option('--set <name=value>', 'with --confirm: a secret input of the run, whose value is not stored; repeatable', collectValues)
    .option('-y, --yes', 'with --confirm: also run operations that are not repeatable')
    .addHelpText(
      'after',
      `${runWords}

Runs of another plan, concurrency, number of CPUs or major version of Node are rejected: their times are not comparable.
Each side needs five runs ("millrace run --repeat 5" makes them). With fewer, --fail-on reports on stderr that it was
not applied, and the exit code is 0. If the times of a side changed in a step, only the runs since that step count, and the run
where it began is named.

Examples:
  millrace compare main last --fail-on slower
  millrace compare last~5 last --runs 5
  millrace compare main last --json
  git worktree add ../old v1.2 && millrace compare main last --confirm --old-root ../old --fail-on slower

Exit codes: 0 compared, 2 not comparable or invalid usage, 3 slower (with --fail-on slower).`,
    )
    .action(async (before: string, after: string, flags: CompareFlags, command: Command) => {
      const { compare } = await import('../compare/compare.js')
      finish(await compare(before, after, flags, command))
    })
}

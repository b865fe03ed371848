import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import type { Retention } from '../../journal/retention.js'
import type { BaselineFlags } from '../baseline.js'
import type { CompareFlags } from '../compare.js'
import type { HistoryFlags } from '../history.js'
import type { TrendFlags } from '../trend.js'

// Only commander is loaded here: help must not wait for anything else.

type Finish = (code: number) => void

const runWords = `
A run is named by its id or the beginning of it, by "last", by "last~3" (three before the last), or by the name of a baseline.`

/** The commands that look back at finished runs. */
export function historyCommands(finish: Finish): readonly Command[] {
  return [historyCommand(finish), trendCommand(finish), compareCommand(finish), baselineCommand(finish)]
}

/** Adds to `millrace run` what it keeps of a run. */
export function withRecordingFlags(run: Command): Command {
  return run
    .option('--no-log', 'leave no event log and no line in the history')
    .addOption(
      new Option('--durability <what>', 'what a logged event survives: nothing promised, the end of this process, a power cut').choices([
        'none',
        'process',
        'power',
      ]),
    )
    .option('--keep <amount>', 'logs to keep, as 50 or 30d; again for both (default: 100)', retention)
    .option('--baseline <name>', 'compare the run with these ("millrace baseline set" keeps them)')
    .addOption(
      new Option('--fail-on <verdict>', 'with --baseline: exit with 3 on this verdict; it takes 5 operations of a type a side').choices([
        'slower',
      ]),
    )
    .addOption(new Option('--tokens', 'count what the operations cost as messages to a model').conflicts('events'))
    .addOption(
      new Option(
        '--compare-sequential [=n]',
        'run it n times (default: 5) as a batch and one at a time, in copies of the root, for the speed-up',
      )
        .argParser(whole)
        .preset(5)
        .conflicts(['events', 'baseline', 'failOn', 'tokens']),
    )
}

function historyCommand(finish: Finish): Command {
  return lookingBack('history', 'list finished runs')
    .option('--limit <n>', 'how many, the latest first', whole, 20)
    .option('--advice', 'show how often advice was right')
    .option('--rebuild', 'make the history again from the event logs first')
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
      const { history } = await import('../history.js')
      finish(await history(flags))
    })
}

function trendCommand(finish: Finish): Command {
  return lookingBack('trend', 'show where a metric went over the runs like the last one')
    .addArgument(new Argument('[metric]', 'makespanMs, throughput, file.write.p95Ms, …').default('makespanMs'))
    .addHelpText(
      'after',
      `
Says improving, declining or steady: only if the runs, whatever the time between them, tell it from noise.
That takes six runs, a change of 10 %, and a confidence of 99 %.

Examples:
  millrace trend
  millrace trend shell.run.p95Ms --json`,
    )
    .action(async (metric: string, flags: TrendFlags) => {
      const { trend } = await import('../trend.js')
      finish(await trend(metric, flags))
    })
}

function compareCommand(finish: Finish): Command {
  return lookingBack('compare', 'say what became slower or faster from one run to another')
    .argument('<before>', 'a run, or a baseline')
    .argument('<after>', 'a run, or a baseline')
    .option('--runs <n>', 'compare that many runs a side: each named one, and the latest like it before it', whole, 1)
    .addOption(
      new Option('--fail-on <verdict>', 'exit with 3 on this verdict; it takes 5 operations of a type a side, or --runs 5').choices([
        'slower',
      ]),
    )
    .addHelpText(
      'after',
      `${runWords}

Runs of another plan, at another concurrency, on another number of CPUs or another Node are refused: their times mean other things.
An operation type is judged from five operations a side; the whole run from five runs a side (--runs 5). With fewer,
--fail-on does not judge: it says so on stderr, and the exit code is 0.

Examples:
  millrace compare last~1 last
  millrace compare last~1 last --fail-on slower
  millrace compare main last --runs 5 --json

Exit codes: 0 compared, 2 not comparable or wrong usage, 3 slower, with --fail-on slower.`,
    )
    .action(async (before: string, after: string, flags: CompareFlags) => {
      const { compare } = await import('../compare.js')
      finish(await compare(before, after, flags))
    })
}

function baselineCommand(finish: Finish): Command {
  const baseline = new Command('baseline')
    .description('keep runs under a name, to compare with')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .exitOverride()
  const act = async (action: 'set' | 'show' | 'clear', name: string | undefined, run: string, flags: BaselineFlags): Promise<void> => {
    const { baseline: command } = await import('../baseline.js')
    finish(await command(action, name, run, flags))
  }
  baseline.addCommand(
    lookingBack('set', 'keep a run, and the latest like it before it, under a name')
      .argument('<name>', 'letters, digits, "-", "_" and "."')
      .addArgument(new Argument('[run]', 'the last of them').default('last'))
      .option('--runs <n>', 'how many at most; five allow to judge the whole run', whole, 5)
      .action((name: string, run: string, flags: BaselineFlags) => act('set', name, run, flags)),
  )
  baseline.addCommand(
    lookingBack('show', 'show a baseline, or all of them')
      .argument('[name]')
      .action((name: string | undefined, flags: BaselineFlags) => act('show', name, 'last', flags)),
  )
  baseline.addCommand(
    lookingBack('clear', 'forget a baseline')
      .argument('<name>')
      .action((name: string, flags: BaselineFlags) => act('clear', name, 'last', flags)),
  )
  return baseline
}

function lookingBack(name: string, summary: string): Command {
  return new Command(name)
    .description(summary)
    .option('--root <dir>', 'the root whose runs are meant (default: this folder)')
    .option('--json', 'write it to stdout as one JSON document')
    .option('--no-color', 'no colours (as NO_COLOR=1)')
    .helpOption('-h, --help', 'show help')
    .exitOverride()
}

const hourMs = 3_600_000
const units: Readonly<Record<string, number>> = { h: hourMs, d: 24 * hourMs, w: 7 * 24 * hourMs }

function retention(text: string, before: Retention | undefined): Retention {
  const [, digits, unit] = /^(\d{1,9})([hdw]?)$/.exec(text) ?? []
  if (digits === undefined || unit === undefined)
    throw new InvalidArgumentError('It must be a number of runs, such as 50, or an age, such as 12h, 30d or 8w.')
  return unit === '' ? { ...before, runs: Number(digits) } : { ...before, ageMs: Number(digits) * units[unit]! }
}

function whole(text: string): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (number > 0) return number
  throw new InvalidArgumentError('It must be a whole number of at least 1.')
}

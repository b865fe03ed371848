import { type Command, Option } from 'commander'
import { withConfigFlag } from '../flags/configFlag.js'
import { withRecordingFlags } from './record/recordingFlags.js'
import { withReportFlags } from '../report/reportFlags.js'
import type { RunFlags } from './runFlags.js'
import { exitCodeHelp } from '../flags/exitCodeHelp.js'
import { collectValues, whole } from '../flags/flagValues.js'
import { planReader } from '../flags/planReader.js'

/** `millrace run`, as it is written. */
export function runCommand(finish: (code: number) => void): Command {
  return withReportFlags(withRecordingFlags(withConfigFlag(planReader('run', 'run a plan'))))
    .option('--concurrency <n>', 'the most attempts at once; overrides the plan', whole(1, 100_000))
    .addOption(
      new Option('--on-failure <policy>', 'what a failure stops; overrides the plan').choices(['continue', 'no-new', 'cancel', 'rollback']),
    )
    .option('--timeout <ms>', 'time limit for the whole run; overrides the plan', whole(1, 2 ** 31 - 1))
    .addOption(
      new Option('--on <url>', 'send operations that have a "place" to workers, through the queue in this Redis (redis://HOST)').conflicts([
        'here',
        'compareSequential',
      ]),
    )
    .option('--here', 'perform all operations here, whatever their "place"')
    .addOption(new Option('--events', 'write every event to stdout, one JSON object per line').conflicts('json'))
    .option('--json', 'write the summary and every outcome to stdout, as one JSON document')
    .addOption(
      new Option(
        '--output <mode>',
        'output of operations: line by line, grouped by operation, only of failed ones, or none (default: failed on a terminal, else grouped)',
      ).choices(['stream', 'grouped', 'failed', 'none']),
    )
    .option('--metrics', 'with --events: add metrics every 250 ms, and trends as they change')
    .option('--alert <rule>', 'raise an alert when this holds, such as failure-rate>0.1 or stalled>30s; repeatable', collectValues)
    .option(
      '--repeat <n>',
      'run it n times in a row, and stop if a run does not succeed; a comparison needs five; --json writes { runs: [...] }',
      whole(1, 1_000),
    )
    .option('--ui', 'show the run live in the browser')
    .option('--yes', 'run operations with "confirm" without asking')
    .option('-q, --quiet', 'show no progress on stderr')
    .addHelpText(
      'after',
      `
Where things go:
  stderr  progress, for people: live on a terminal, plain lines elsewhere
  stdout  the result: for people, or for programs with --events or --json, or a report written to -
When a coding agent runs it (CLAUDECODE, AGENT and the like), only the report is written, unless --output asks for more.

Examples:
  millrace run plan.yaml
  millrace run plan.yaml --root site --concurrency 2
  millrace run plan.yaml --json | jq '.operations[] | select(.outcome == "failed")'
  millrace run plan.yaml --events --quiet > events.ndjson
  millrace run plan.yaml --repeat 5 --baseline main --fail-on slower
  millrace run plan.yaml --html run.html
  millrace run plan.yaml --junit - > junit.xml
  generate-plan | millrace run - --allow-program node --allow-program git

Ctrl-C aborts running operations, runs the clean-up (when: settled, any-failed), writes the report and exits with 130.
A second Ctrl-C ends everything immediately.
If the reader goes away (| head -1), the run stops when the next event is written.

Each run writes an event log and a line of history to .millrace/ in the first root, unless --no-log is given.
${exitCodeHelp}`,
    )
    .action(async (path: string | undefined, flags: RunFlags, command: Command) => {
      if (flags.repeat !== undefined) {
        const { repeat } = await import('./repeat.js')
        return finish(await repeat(flags.repeat, path, flags, command))
      }
      const { run } = await import('./run.js')
      finish(await run(path, flags, command))
    })
}

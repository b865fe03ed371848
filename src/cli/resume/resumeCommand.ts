import { Command, Option } from 'commander'
import { collectValues } from '../flags/flagValues.js'
import { collectDone } from './doneFlag.js'
import { withReportFlags } from '../report/reportFlags.js'
import type { ResumeFlags } from './resumeFlags.js'

// Only commander is loaded here: help must not wait for anything else.

/** `millrace resume`, as it is written. */
export function resumeCommand(finish: (code: number) => void): Command {
  return takingUp('resume', 'continue a run that was interrupted', 'the run (default: the last that was interrupted or cancelled)')
    .addHelpText(
      'after',
      `
Operations that succeeded or failed keep their outcome. Those that were interrupted, cancelled or never started run now, in a new
run with a complete log.
${takingUpHelp('resume')}`,
    )
    .action(async (run: string | undefined, flags: ResumeFlags, command: Command) => {
      const { resume } = await import('./resume.js')
      finish(await resume('resume', run, flags, command))
    })
}

/** `millrace retry`, as it is written. */
export function retryCommand(finish: (code: number) => void): Command {
  return takingUp('retry', 'run again what failed in a run, and what was skipped because of it', 'the run (default: the last)')
    .addHelpText(
      'after',
      `
Operations that succeeded keep their outcome. All others run again, in a new run with a complete log.
${takingUpHelp('retry')}`,
    )
    .action(async (run: string | undefined, flags: ResumeFlags, command: Command) => {
      const { resume } = await import('./resume.js')
      finish(await resume('retry', run, flags, command))
    })
}

function takingUp(name: string, summary: string, run: string): Command {
  return withReportFlags(
    new Command(name)
      .description(summary)
      .argument('[run]', run)
      .option('--dry-run', 'only show what would be done')
      .option('--rerun <id>', 'run this operation again, whatever its outcome; repeatable, or "all"', collectValues)
      .option('--done <id[=json]>', 'treat this operation as done, with this result; repeatable', collectDone)
      .option('--from <id>', 'run this operation and all its dependents again; repeatable', collectValues)
      .option('--set <name=value>', 'set an input of the plan to this value; repeatable', collectValues)
      .option('--plan <file>', 'the plan to continue with (default: the file of that run)')
      .option('--root <dir>', 'the root that holds the run (default: this folder)')
      .option('--on <url>', 'the queue of the workers, if its address needs a password or has changed')
      .addOption(new Option('--events', 'write every event to stdout, one JSON object per line').conflicts('json'))
      .option('--json', 'write the summary and every outcome to stdout, as one JSON document')
      .addOption(
        new Option('--output <mode>', 'output of operations, as for "millrace run"').choices(['stream', 'grouped', 'failed', 'none']),
      )
      .option('--yes', 'run operations with "confirm" without asking')
      .option('--metrics', 'with --events: add metrics every 250 ms, and trends as they change')
      .option('--alert <rule>', 'raise an alert when this holds, such as failure-rate>0.1; repeatable', collectValues)
      .option('--ui', 'show the run live in the browser')
      .option('-q, --quiet', 'show no progress on stderr')
      .option('--no-color', 'no colours (like NO_COLOR=1)')
      .helpOption('-h, --help', 'show help')
      .exitOverride(),
  )
}

function takingUpHelp(name: string): string {
  return `All other flags are those of the earlier run; its reports are written again, unless others are named. Name a run by its id or the beginning of it.

If a decision is needed, nothing runs, and every open question is listed with the flag that answers it.

Examples:
  millrace ${name}
  millrace ${name} --dry-run
  millrace ${name} 5b86 --rerun deploy
  millrace ${name} --done 'deploy={"version":"1.2"}' --from test

Exit codes: those of "millrace run"; 2 if the run cannot be continued like this.`
}

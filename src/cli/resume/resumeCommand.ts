import { Command, Option } from 'commander'
import { collectValues } from '../flags/flagValues.js'
import { collectDone } from './doneFlag.js'
import type { ResumeFlags } from './resume.js'

// Only commander is loaded here: help must not wait for anything else.

/** `millrace resume`, as it is written. */
export function resumeCommand(finish: (code: number) => void): Command {
  return takingUp('resume', 'go on with a run that was interrupted', 'the run (default: the last that was interrupted or cancelled)')
    .addHelpText(
      'after',
      `
What succeeded or failed stays as it was; what was interrupted, cancelled or never started is done, in a new run with a whole log.
${takingUpHelp('resume')}`,
    )
    .action(async (run: string | undefined, flags: ResumeFlags, command: Command) => {
      const { resume } = await import('./resume.js')
      finish(await resume('resume', run, flags, command))
    })
}

/** `millrace retry`, as it is written. */
export function retryCommand(finish: (code: number) => void): Command {
  return takingUp('retry', 'do what failed in a run again, and what was skipped because of it', 'the run (default: the last)')
    .addHelpText(
      'after',
      `
What succeeded stays as it was; everything else is done again, in a new run with a whole log.
${takingUpHelp('retry')}`,
    )
    .action(async (run: string | undefined, flags: ResumeFlags, command: Command) => {
      const { resume } = await import('./resume.js')
      finish(await resume('retry', run, flags, command))
    })
}

function takingUp(name: string, summary: string, run: string): Command {
  return new Command(name)
    .description(summary)
    .argument('[run]', run)
    .option('--dry-run', 'only say what would be done')
    .option('--rerun <id>', 'do this operation again, whatever became of it; again for more, or "all"', collectValues)
    .option('--done <id[=json]>', 'take this operation as done, with this result; again for more', collectDone)
    .option('--from <id>', 'do this operation again with all that depends on it; again for more', collectValues)
    .option('--plan <file>', 'the plan to go on with (default: the file of that run)')
    .option('--root <dir>', 'the root whose run is meant (default: this folder)')
    .addOption(new Option('--events', 'write every event to stdout, one JSON object a line').conflicts('json'))
    .option('--json', 'write the summary and every outcome to stdout, as one JSON document')
    .addOption(
      new Option('--output <mode>', 'what operations give out, as for "millrace run"').choices(['stream', 'grouped', 'failed', 'none']),
    )
    .option('-q, --quiet', 'show no progress on stderr')
    .option('--no-color', 'no colours (as NO_COLOR=1)')
    .helpOption('-h, --help', 'show help')
    .exitOverride()
}

function takingUpHelp(name: string): string {
  return `All other flags are those of the run that is taken up. A run is named by its id or the beginning of it.

When it cannot be decided what to do, nothing is done and every reason is written, with the flag that decides it.

Examples:
  millrace ${name}
  millrace ${name} --dry-run
  millrace ${name} 5b86 --rerun deploy
  millrace ${name} --done 'deploy={"version":"1.2"}' --from test

Exit codes: those of "millrace run"; 2 when it cannot be done like this.`
}

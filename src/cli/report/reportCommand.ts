import { Command } from 'commander'
import { runWords } from '../pastRuns/lookingBack.js'
import { withReportFlags } from './reportFlags.js'
import type { WriteReportFlags } from './writeReport.js'

/** `millrace report`, as it is written. */
export function reportCommand(finish: (code: number) => void): Command {
  const command = new Command('report')
    .description('write a run as one HTML page, or for other programs')
    .option('--root <dir>', 'the root that holds the runs (default: this folder)')
    .helpOption('-h, --help', 'show help')
    .exitOverride()
  return withReportFlags(command)
    .argument('[run]', 'the run (default: last)')
    .addHelpText(
      'after',
      `${runWords}
An interrupted run has no line in the history: name it by its id.

Without a format flag, the page goes to .millrace/reports/<run>.html in the root. The path of each written file goes to stdout;
with - as the file, the report itself does.
The page shows how the run ended, what failed and what was skipped because of it, its slots over time, its graph, each operation
with its attempts and output, and the earlier runs of the plan. It loads nothing from the network.

Examples:
  millrace report
  millrace report last~1 --html run.html
  millrace report --junit junit.xml --trace trace.json
  millrace run plan.yaml --html run.html

Exit codes: 0 written, 1 the log is damaged or missing, or a file cannot be written, 2 there is no such run, or the flags are invalid.`,
    )
    .action(async (run: string | undefined, flags: WriteReportFlags) => {
      const { writeReport } = await import('./writeReport.js')
      finish(await writeReport(run, flags))
    })
}

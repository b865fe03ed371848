// cli: the command line, a folder a command with its grammar inside; flags/, planFile/, pastRuns/ and process/ are what several commands share.
import { Command } from 'commander'
import { baselineCommand } from './baseline/baselineCommand.js'
import { compareCommand } from './compare/compareCommand.js'
import { completionCommand } from './completion/completionCommand.js'
import { exitCodeHelp } from './flags/exitCodeHelp.js'
import { historyCommand } from './history/historyCommand.js'
import { initCommand } from './init/initCommand.js'
import { mcpCommand } from './mcp/mcpCommand.js'
import { withHint } from './flags/otherWords.js'
import { ownVersion } from './flags/ownVersion.js'
import { planCommand } from './plan/planCommand.js'
import { reportCommand } from './report/reportCommand.js'
import { resumeCommand, retryCommand } from './resume/resumeCommand.js'
import { runCommand } from './run/runCommand.js'
import { schemaCommand } from './schema/schemaCommand.js'
import { showCommand } from './show/showCommand.js'
import { workerCommand } from './worker/workerCommand.js'
import { watchCommand } from './watch/watchCommand.js'
import { trendCommand } from './trend/trendCommand.js'

// Only commander is loaded here: help, completion and a mistyped flag must not wait for the engine.

/** The whole command line. `finish` is told the exit code of the command that ran. */
export function millrace(finish: (code: number) => void): Command {
  const program = new Command('millrace')
    .description('Runs a whole batch of operations from one plan, as a stream of events.')
    .version(ownVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  millrace run plan.yaml            run a plan and see it live
  millrace plan plan.yaml           check it and see its order; nothing runs
  millrace run plan.yaml --json     the result for a program
  millrace resume                   continue an interrupted run
  millrace show last test           one operation of the last run: its error, its output
  millrace report                   the last run as a page for the browser
  millrace history                  the finished runs
  millrace help run                 everything about one command
${exitCodeHelp}`,
    )
  program
    .addCommand(runCommand(finish))
    .addCommand(resumeCommand(finish))
    .addCommand(retryCommand(finish))
    .addCommand(planCommand(finish))
    .addCommand(showCommand(finish))
    .addCommand(reportCommand(finish))
    .addCommand(watchCommand(finish))
    .addCommand(historyCommand(finish))
    .addCommand(trendCommand(finish))
    .addCommand(compareCommand(finish))
    .addCommand(baselineCommand(finish))
    .addCommand(initCommand(finish))
    .addCommand(mcpCommand(finish))
    .addCommand(workerCommand(finish))
    .addCommand(schemaCommand(finish))
    .addCommand(completionCommand(program, finish))
  for (const command of [program, ...program.commands]) command.configureOutput({ outputError: (text, write) => write(withHint(text)) })
  return program
}

import { Command } from 'commander'
import { completionCommand } from './commands/completionCommand.js'
import { exitCodeHelp } from './commands/exitCodeHelp.js'
import { initCommand } from './commands/initCommand.js'
import { mcpCommand } from './commands/mcpCommand.js'
import { ownVersion } from './commands/ownVersion.js'
import { planCommand } from './commands/planCommand.js'
import { runCommand } from './commands/runCommand.js'
import { schemaCommand } from './commands/schemaCommand.js'
import { historyCommands } from './history/commands.js'

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
  millrace plan plan.yaml           check it and see its order; nothing is done
  millrace run plan.yaml --json     the result for a program
  millrace history                  the runs that have finished
  millrace help run                 everything about one command
${exitCodeHelp}`,
    )
  program.addCommand(runCommand(finish)).addCommand(planCommand(finish))
  for (const command of historyCommands(finish)) program.addCommand(command)
  program
    .addCommand(initCommand(finish))
    .addCommand(mcpCommand(finish))
    .addCommand(schemaCommand(finish))
    .addCommand(completionCommand(program, finish))
  return program
}

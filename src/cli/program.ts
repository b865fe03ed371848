import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import { createRequire } from 'node:module'
import { withConfigFlag } from './configFlag.js'
import { historyCommands, withRecordingFlags } from './history/commands.js'
import type { InitFlags } from './init.js'
import type { McpFlags } from './mcp.js'
import type { PlanFlags } from './plan.js'
import type { RunFlags } from './run.js'

// Only commander is loaded here: help, completion and a mistyped flag must not wait for the engine.

const exitCodeHelp = `
Exit codes:
  0    every operation succeeded
  1    an operation failed, or was skipped because of one that did
  2    the plan or the command line is wrong; nothing was done
  3    slower than what it was compared with, with --fail-on slower
  130  interrupted (SIGINT); 143 told to end (SIGTERM)`

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

function runCommand(finish: (code: number) => void): Command {
  return withRecordingFlags(withConfigFlag(planReader('run', 'run a plan')))
    .option('--concurrency <n>', 'most attempts at once, instead of what the plan says', whole(1, 100_000))
    .addOption(
      new Option('--on-failure <policy>', 'what a failure stops, instead of what the plan says').choices([
        'continue',
        'no-new',
        'cancel',
        'rollback',
      ]),
    )
    .option('--timeout <ms>', 'longest time for the whole run, instead of what the plan says', whole(1, 2 ** 31 - 1))
    .addOption(new Option('--events', 'write every event to stdout, one JSON object a line').conflicts('json'))
    .option('--json', 'write the summary and every outcome to stdout, as one JSON document')
    .option('-q, --quiet', 'show no progress on stderr')
    .addHelpText(
      'after',
      `
Where things go:
  stderr  what is going on, for people: live on a terminal, plain lines elsewhere
  stdout  the result: for people, or for programs with --events or --json

Examples:
  millrace run plan.yaml
  millrace run plan.yaml --root site --concurrency 2
  millrace run plan.yaml --json | jq '.operations[] | select(.outcome == "failed")'
  millrace run plan.yaml --events --quiet > events.ndjson
  generate-plan | millrace run - --allow-program node --allow-program git

Ctrl-C ends the running operations, writes the report and exits with 130; a second Ctrl-C ends everything at once.
A reader that goes away (| head -1) is noticed when the next event is written, and stops the run.

Each run writes its event log and a line of history to .millrace/ in the first root; --no-log keeps it from that.
${exitCodeHelp}`,
    )
    .action(async (path: string, flags: RunFlags, command: Command) => {
      const { run } = await import('./run.js')
      finish(await run(path, flags, command))
    })
}

function planCommand(finish: (code: number) => void): Command {
  return withConfigFlag(planReader('plan', 'check a plan and show its order, with no effect at all'))
    .option('--all', 'show every operation and every edge of a large plan')
    .option('--json', 'write it to stdout as one JSON document')
    .addHelpText(
      'after',
      `
Shows each operation with what it waits for and why, which operations run in no particular order, the longest chain,
and what could not be undone.

Examples:
  millrace plan plan.yaml
  millrace plan plan.yaml --json | jq '.operations[] | {id, waitsFor}'
  generate-plan | millrace plan - && echo fine

Exit codes: 0 the plan is good, 2 it is not; every fault is listed on stderr.`,
    )
    .action(async (path: string, flags: PlanFlags) => {
      const { plan } = await import('./plan.js')
      finish(await plan(path, flags))
    })
}

function initCommand(finish: (code: number) => void): Command {
  return new Command('init')
    .description('make a new project: its folders, package.json, README and a first test')
    .argument('<name>', 'what it is called; its folder is made of that')
    .option('--root <dir>', 'folder to make it in (default: this folder)')
    .option('--dry-run', 'only show what would be made')
    .option('--json', 'write what was made to stdout as one JSON document')
    .helpOption('-h, --help', 'show help')
    .exitOverride()
    .addHelpText(
      'after',
      `
Nothing that is there is overwritten: it is kept, and shown as kept.

Examples:
  millrace init app
  millrace init app --dry-run

Exit codes: 0 it is made, 1 something could not be made.`,
    )
    .action(async (name: string, flags: InitFlags) => {
      const { init } = await import('./init.js')
      finish(await init(name, flags))
    })
}

/** What `run` and `plan` have in common: both read a plan and know where and what its operations may touch. */
function planReader(name: string, summary: string): Command {
  return new Command(name)
    .description(summary)
    .argument('<plan>', 'a JSON or YAML file, or - for stdin')
    .option('--root <dir>', 'folder that file operations may touch; again for more (default: this folder)', collect)
    .option('--allow-program <name>', 'allow only this program to be run; again for more (default: any)', collect)
    .option('--allow-private-addresses', 'let http reach this machine and private networks')
    .option('--no-color', 'no colours (as NO_COLOR=1)')
    .helpOption('-h, --help', 'show help')
    .exitOverride()
}

function mcpCommand(finish: (code: number) => void): Command {
  return new Command('mcp')
    .description('serve the tools to a coding agent over MCP')
    .option('--root <dir>', 'folder that file operations may touch; again for more (default: this folder)', collect)
    .option('--allow-program <name>', 'let plans run this program; again for more (default: none)', collect)
    .option('--allow-env <name>', 'let plans set and read this variable; again for more (default: none)', collect)
    .option('--config <file>', 'JSON file whose mcpServers are servers that plans may use the tools of')
    .option('--http <port>', 'serve over HTTP on this port of 127.0.0.1 instead, 0 for any', whole(0, 65_535))
    .helpOption('-h, --help', 'show help')
    .exitOverride()
    .addHelpText(
      'after',
      `
In the configuration of a client:
  {"mcpServers": {"millrace": {"command": "npx", "args": ["-y", "millrace", "mcp", "--root", "."]}}}

What plans may reach is decided here, once: nothing a client sends can widen it. Over HTTP a client must send
"Authorization: Bearer TOKEN", with the MILLRACE_TOKEN of the environment or else the token told on stderr.`,
    )
    .action(async (flags: McpFlags) => {
      const { mcp } = await import('./mcp.js')
      finish(await mcp(flags, ownVersion()))
    })
}

function schemaCommand(finish: (code: number) => void): Command {
  return new Command('schema')
    .description('print the JSON Schema of a plan, for editors')
    .helpOption('-h, --help', 'show help')
    .exitOverride()
    .action(async () => {
      const { schema } = await import('./schema.js')
      finish(schema())
    })
}

function completionCommand(program: Command, finish: (code: number) => void): Command {
  return new Command('completion')
    .description('print a script that completes this command line in your shell')
    .addArgument(new Argument('<shell>', 'your shell').choices(['bash', 'zsh', 'fish']))
    .helpOption('-h, --help', 'show help')
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  bash:  source <(millrace completion bash)
  zsh:   source <(millrace completion zsh)
  fish:  millrace completion fish | source`,
    )
    .action(async (shell: 'bash' | 'zsh' | 'fish') => {
      const { completion } = await import('./completion.js')
      finish(completion(program, shell))
    })
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value]
}

function whole(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : NaN
    if (number >= minimum && number <= maximum) return number
    throw new InvalidArgumentError(`It must be a whole number from ${minimum} to ${maximum}.`)
  }
}

function ownVersion(): string {
  // The package's own file: the same place from the sources as from `dist`.
  const { version } = createRequire(import.meta.url)('../../package.json') as { readonly version: string }
  return version
}

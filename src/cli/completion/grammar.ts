import type { Command } from 'commander'

/** What may stand in a place: one of some words, a folder, a file, anything (nothing can be offered), or no value at all. */
export type Values =
  { readonly type: 'words'; readonly words: readonly string[] } | { readonly type: 'folder' | 'file' | 'anything' | 'none' }

export interface Flag {
  readonly long: string
  readonly short: string | undefined
  readonly summary: string
  readonly value: Values
}

export interface CommandGrammar {
  readonly name: string
  readonly summary: string
  readonly flags: readonly Flag[]
  readonly argument: Values
}

export interface Grammar {
  readonly program: string
  readonly flags: readonly Flag[]
  readonly commands: readonly CommandGrammar[]
}

/** What a shell must know of a command line to complete it. */
export function grammarOf(program: Command): Grammar {
  const commands = program.createHelp().visibleCommands(program)
  const names = program.commands.map((command) => command.name())
  return {
    program: program.name(),
    flags: flagsOf(program),
    commands: commands.map((command) => ({
      name: command.name(),
      summary: command.description(),
      flags: flagsOf(command),
      argument: command.name() === 'help' ? { type: 'words', words: names } : argumentOf(command),
    })),
  }
}

function flagsOf(command: Command): readonly Flag[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, short, description, argChoices, required, optional, flags }) =>
      long === undefined || long === null
        ? []
        : [
            {
              long,
              short: short ?? undefined,
              summary: description,
              value: required || optional ? valuesOf(argChoices, flags) : { type: 'none' },
            },
          ],
    )
}

function argumentOf(command: Command): Values {
  const [argument] = command.registeredArguments
  return argument === undefined ? { type: 'none' } : valuesOf(argument.argChoices, `<${argument.name()}>`)
}

// The name in the brackets says what is wanted, to people and here.
function valuesOf(choices: readonly string[] | undefined, placeholder: string): Values {
  if (choices !== undefined) return { type: 'words', words: choices }
  return placeholder.endsWith('<dir>')
    ? { type: 'folder' }
    : placeholder.endsWith('<plan>') || placeholder.endsWith('<file>')
      ? { type: 'file' }
      : { type: 'anything' }
}

// cli/completion: the command that prints a completion script, one file a shell.
import type { Command } from 'commander'
import { bashScript } from './bash.js'
import { fishScript } from './fish.js'
import { grammarOf } from './grammar.js'
import { zshScript } from './zsh.js'
import { exitCodes } from '../process/exitCodes.js'

export type Shell = 'bash' | 'zsh' | 'fish'

/** `millrace completion`: the script is made from the command line itself, so it knows every command and flag there is. */
export function completion(program: Command, shell: Shell): number {
  process.stdout.write(completionScript(program, shell))
  return exitCodes.ok
}

export function completionScript(program: Command, shell: Shell): string {
  const grammar = grammarOf(program)
  switch (shell) {
    case 'bash':
      return bashScript(grammar)
    case 'zsh':
      return zshScript(grammar)
    case 'fish':
      return fishScript(grammar)
  }
}

import type { Command } from 'commander'
import type { RunFlags } from '../run/runFlags.js'

/** A run as its command had it. */
export interface SameRun {
  readonly flags: RunFlags
  /** The grammar of `millrace run`. */
  readonly command: Command
  /** What follows `millrace run` to have it again. */
  readonly words: readonly string[]
}

/** Reads the words of an earlier `millrace run` again, with another plan if one is given; `acting` is the command that asks. */
export async function sameRun(acting: Command, words: readonly string[], plan: string): Promise<SameRun> {
  const command = acting.parent?.commands.find((other) => other.name() === 'run')
  if (command === undefined) throw new Error('A defect in millrace: the command "run" is not there.')
  let flags: RunFlags | undefined
  let path = ''
  command.action((given: string, read: RunFlags) => {
    path = given
    flags = read
  })
  await command.parseAsync([...words], { from: 'user' })
  if (flags === undefined) throw new Error('A defect in millrace: the words of the run could not be read.')
  return { flags, command, words: words.map((word) => (word === path ? plan : word)) }
}

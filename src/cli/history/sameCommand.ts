import type { Command } from 'commander'
import { shellWord } from '../../monitor/advice/words.js'

/** `millrace run` as it was typed, for commands that are to mean the same plan in the same place. */
export interface SameCommand {
  /** The run again with every flag it had; at another concurrency when one is given. */
  readonly run: (concurrency?: number) => string
  /** `millrace plan` for the same plan, with those of the flags that it has too. */
  readonly plan: () => string
  /** The flag for the root whose history holds the run, for commands that look back; empty without one. */
  readonly root: () => string
}

/** A flag with its value, the plan's path, or the `--` before it. */
interface Piece {
  readonly flag: string | undefined
  readonly words: readonly string[]
}

/** `typed` is what followed `millrace run`; `command` knows which flags there are. */
export function sameCommand(command: Command, typed: readonly string[]): SameCommand {
  const pieces = piecesOf(command, typed)
  const written = (name: string, kept: readonly Piece[]): string =>
    ['millrace', name, ...kept.flatMap(({ words }) => words).map(shellWord)].join(' ')
  return {
    run(concurrency) {
      if (concurrency === undefined) return written('run', pieces)
      const others = pieces.filter(({ flag }) => flag !== '--concurrency')
      const behind = others.findIndex(({ flag }) => flag === '--')
      const added = { flag: '--concurrency', words: ['--concurrency', String(concurrency)] }
      return written('run', others.toSpliced(behind < 0 ? others.length : behind, 0, added))
    },
    plan() {
      const known = new Set(command.parent?.commands.find((other) => other.name() === 'plan')?.options.map(({ long }) => long))
      return written(
        'plan',
        pieces.filter(({ flag }) => flag === undefined || flag === '--' || known.has(flag)),
      )
    },
    root() {
      const first = pieces.find(({ flag }) => flag === '--root')
      return first === undefined ? '' : ` ${first.words.map(shellWord).join(' ')}`
    },
  }
}

function piecesOf(command: Command, typed: readonly string[]): readonly Piece[] {
  const pieces: Piece[] = []
  for (let at = 0; at < typed.length; at++) {
    const word = typed[at]!
    if (word === '--') return [...pieces, { flag: '--', words: typed.slice(at) }]
    const [name] = word.split('=', 1)
    const option = command.options.find(({ long, short }) => name === long || word === short)
    // Only `--flag value` takes the next word; `--flag=value` and what may stand without a value do not.
    const valued = option?.required === true && word === name
    pieces.push({ flag: option?.long ?? undefined, words: valued ? typed.slice(at, at + 2) : [word] })
    if (valued) at++
  }
  return pieces
}

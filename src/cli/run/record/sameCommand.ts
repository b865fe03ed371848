import type { Command } from 'commander'
import type { RanCommand } from '../../../journal/ranCommand.js'
import { isSecretInput } from '../../../graph/params/inputs.js'
import { concealed } from '../../../model/secrets/secretFields.js'
import { shellWord } from '../../../model/fault/shellWord.js'

/** A flag with its value, the plan's path, or the `--` before it. */
interface Piece {
  readonly flag: string | undefined
  readonly words: readonly string[]
}

/** The command that ran, to be told again; `typed` is what followed `millrace run`, and `command` knows which flags there are. */
export function sameCommand(command: Command, words: readonly string[]): RanCommand {
  const typed = withoutSecretInputs(words)
  // Each of several runs is one of them.
  const pieces = piecesOf(command, typed).filter(({ flag }) => flag !== '--repeat')
  const others = pieces.filter(({ flag }) => flag !== '--concurrency')
  const end = others.findIndex(({ flag }) => flag === '--')
  const [flags, rest] = end < 0 ? [others, []] : [others.slice(0, end), others.slice(end)]
  const known = new Set(command.parent?.commands.find((other) => other.name() === 'plan')?.options.map(({ long }) => long))
  const shared = pieces.filter(({ flag }) => flag === undefined || flag === '--' || known.has(flag))
  return {
    run: ['millrace run', ...written(pieces)].join(' '),
    runAt: [['millrace run', ...written(flags), '--concurrency '].join(' '), ['', ...written(rest)].join(' ')],
    plan: ['millrace plan', ...written(shared)].join(' '),
    words: typed,
    folder: process.cwd(),
    root: written(pieces.filter(({ flag }) => flag === '--root').slice(0, 1)),
  }
}

/** What was typed, without the values of inputs that are secret by their names, and without the password of a queue: they are stored nowhere. */
function withoutSecretInputs(words: readonly string[]): readonly string[] {
  return words.map((word, at) => {
    if (words[at - 1] === '--on' || word.startsWith('--on=')) return word.replace(/\/\/[^@/]*@/, '//')
    const set = /^(--set=)?([^=]+)=/s.exec(word)
    if (set === null || (set[1] === undefined && words[at - 1] !== '--set')) return word
    return isSecretInput(set[2]!) ? `${set[0]}${concealed}` : word
  })
}

function written(pieces: readonly Piece[]): readonly string[] {
  return pieces.flatMap(({ words }) => words).map(shellWord)
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

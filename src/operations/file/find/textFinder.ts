import type { LongLines } from './linesOf.js'

/** What is looked for in lines. */
export interface TextFinder {
  readonly long: LongLines
  /** Where it stands first in a line, in UTF-16 code units; -1 when it does not. */
  readonly indexIn: (line: string) => number
}

/** Longer lines come in pieces, so that a file without line ends needs no more memory than another. */
const longestPiece = 64 * 1024

/** Finds a text letter by letter: no character of it has a meaning of its own. */
export function literalFinder(text: string, caseSensitive: boolean): TextFinder {
  const wanted = caseSensitive ? text : lowerCase(text)
  return {
    long: { longest: longestPiece, overlap: text.length - 1 },
    indexIn: caseSensitive ? (line) => line.indexOf(wanted) : (line) => lowerCase(line).indexOf(wanted),
  }
}

/** Lower case, character by character where a whole would change its length and so the columns. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase()
  if (lower.length === text.length) return lower
  return Array.from(text, (character) => {
    const one = character.toLowerCase()
    return one.length === character.length ? one : character
  }).join('')
}

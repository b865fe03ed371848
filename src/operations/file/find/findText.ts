import type { Line } from './linesOf.js'

const longestShown = 400

/** A line in which the text was found, and the lines around it. */
export interface Found {
  readonly line: number
  /** From 1, in UTF-16 code units. */
  readonly column: number
  readonly text: string
  readonly before: readonly string[]
  readonly after: string[]
}

export interface FindOptions {
  readonly text: string
  readonly caseSensitive: boolean
  /** How many lines around each to give. */
  readonly context: number
  /** Stops after so many. */
  readonly limit: number
}

/** The lines that hold a text, each once. Literal: no character of the text has a meaning of its own. */
export async function findText(
  lines: AsyncIterable<Line>,
  { text, caseSensitive, context, limit }: FindOptions,
): Promise<readonly Found[]> {
  const wanted = caseSensitive ? text : folded(text)
  const found: Found[] = []
  let before: string[] = []
  let seen = 0
  for await (const { line, start, text: piece } of lines) {
    const isNewLine = line !== seen
    seen = line
    const shown = piece.slice(0, longestShown)
    // No more than `context` matches can have this line after them.
    if (isNewLine && context > 0) for (const match of found.slice(-context)) if (match.line + context >= line) match.after.push(shown)
    const last = found.at(-1)
    if (found.length < limit) {
      const at = last?.line === line ? -1 : (caseSensitive ? piece : folded(piece)).indexOf(wanted)
      if (at !== -1) found.push({ line, column: start + at + 1, text: around(piece, at), before, after: [] })
    } else if (last === undefined || last.line + context <= line) return found
    if (isNewLine && context > 0) before = [...before, shown].slice(-context)
  }
  return found
}

/** Lower case, character by character where a whole would change its length and so the columns. */
function folded(text: string): string {
  const lower = text.toLowerCase()
  if (lower.length === text.length) return lower
  return Array.from(text, (character) => {
    const one = character.toLowerCase()
    return one.length === character.length ? one : character
  }).join('')
}

function around(text: string, at: number): string {
  if (text.length <= longestShown) return text
  const from = Math.max(0, Math.min(at - longestShown / 4, text.length - longestShown))
  return text.slice(from, from + longestShown)
}

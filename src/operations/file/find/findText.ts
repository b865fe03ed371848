import type { TextLine } from './linesOf.js'

const longestShown = 400

/** A line in which something was found, and the lines around it. */
export interface TextMatch {
  readonly line: number
  /** From 1, in UTF-16 code units. */
  readonly column: number
  readonly text: string
  readonly before: readonly string[]
  readonly after: string[]
}

export interface TextMatches {
  readonly found: readonly TextMatch[]
  /** Lines that were too long to be looked at. */
  readonly tooLong: readonly number[]
}

export interface FindOptions {
  readonly indexIn: (line: string) => number
  /** How many lines around each to give. */
  readonly context: number
  /** Stops after so many. */
  readonly limit: number
  readonly pause: () => Promise<void> | undefined
  /** Takes the secrets out of a line that is about to be cut. */
  readonly redact: (text: string) => string
}

/** The lines in which something is found, each once. */
export async function findText(batches: AsyncIterable<readonly TextLine[]>, options: FindOptions): Promise<TextMatches> {
  const { indexIn, context, limit, pause, redact } = options
  const found: TextMatch[] = []
  const tooLong: number[] = []
  let before: string[] = []
  let seen = 0
  for await (const lines of batches) {
    for (const { line, start, text: piece, isTooLong } of lines) {
      const turn = pause()
      if (turn !== undefined) await turn
      const isNewLine = line !== seen
      seen = line
      const shown = context > 0 ? beginning(piece, redact) : ''
      // No more than `context` matches can have this line after them.
      if (isNewLine && context > 0) for (const match of found.slice(-context)) if (match.line + context >= line) match.after.push(shown)
      const last = found.at(-1)
      if (found.length < limit) {
        if (isTooLong) tooLong.push(line)
        const at = last?.line === line || isTooLong ? -1 : indexIn(piece)
        if (at !== -1) found.push({ line, column: start + at + 1, text: around(piece, at, redact), before, after: [] })
      } else if (last === undefined || last.line + context <= line) return { found, tooLong }
      if (isNewLine && context > 0) before = [...before, shown].slice(-context)
    }
  }
  return { found, tooLong }
}

function beginning(text: string, redact: (text: string) => string): string {
  return text.length <= longestShown ? text : redact(text).slice(0, longestShown)
}

/** A long line around a place in it. Where secrets were taken out, the place is about where the text before it ends now. */
function around(text: string, at: number, redact: (text: string) => string): string {
  if (text.length <= longestShown) return text
  const redacted = redact(text)
  const place = redacted === text ? at : redact(text.slice(0, at)).length
  const from = Math.max(0, Math.min(place - longestShown / 4, redacted.length - longestShown))
  return redacted.slice(from, from + longestShown)
}

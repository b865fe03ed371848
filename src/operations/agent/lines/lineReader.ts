import { StringDecoder } from 'node:string_decoder'

/** Bytes as they come, given out line by line. */
export interface LineReader {
  /** The lines these bytes complete, without their ends; undefined once a line is longer than it may be. */
  readonly add: (chunk: Buffer) => readonly string[] | undefined
  /** What came after the last line end. */
  readonly rest: () => string
}

/** Lines may come in any pieces, also with a character cut in two. */
export function lineReader(longest: number): LineReader {
  const decoder = new StringDecoder('utf8')
  let pieces: string[] = []
  let held = 0
  return {
    add(chunk) {
      const [first = '', ...others] = decoder.write(chunk).split('\n')
      pieces.push(first)
      held += first.length
      if (held > longest) return undefined
      if (others.length === 0) return []
      const lines = [pieces.join(''), ...others.slice(0, -1)]
      const last = others.at(-1) ?? ''
      pieces = [last]
      held = last.length
      return held > longest || lines.some((line) => line.length > longest) ? undefined : lines.map(withoutReturn)
    },
    rest: () => withoutReturn(pieces.join('') + decoder.end()),
  }
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line)

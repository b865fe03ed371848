import { StringDecoder } from 'node:string_decoder'

/** A line of a file, or a piece of one that is very long. */
export interface TextLine {
  /** From 1. */
  readonly line: number
  /** Where the piece starts in its line, in UTF-16 code units from 0. */
  readonly start: number
  readonly text: string
  /** It is longer than what is looked at: this is its beginning, and the rest is left out. */
  readonly isTooLong?: true
}

/** How lines come that are longer than that: in pieces that share `overlap` characters, or not at all. */
export interface LongLines {
  readonly longest: number
  readonly overlap: number | undefined
}

/**
 * The lines of a text file, as many at a time as each chunk brings. What is as long as one character more than the overlap of pieces is
 * whole in one of them. Gives nothing for a binary file, which has a NUL byte in its first chunk.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, { longest, overlap }: LongLines): AsyncGenerator<readonly TextLine[]> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  let line = 1
  let start = 0
  let isSkipped = false
  let isFirst = true
  let lines: TextLine[] = []
  const push = (text: string): void => {
    if (isSkipped) isSkipped = false
    else if (overlap === undefined && text.length > longest) lines.push(tooLong(line, text))
    else lines.push({ line, start, text: withoutReturn(text) })
    line += 1
    start = 0
  }
  for await (const chunk of chunks) {
    if (isFirst && chunk.includes(0)) return
    isFirst = false
    rest += decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length))
    let from = 0
    for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n', from)) {
      push(rest.slice(from, end))
      from = end + 1
    }
    rest = rest.slice(from)
    if (rest.length > longest) {
      if (overlap === undefined) {
        if (!isSkipped) lines.push(tooLong(line, rest))
        isSkipped = true
        rest = ''
      } else {
        lines.push({ line, start, text: rest })
        start += rest.length - overlap
        rest = rest.slice(rest.length - overlap)
      }
    }
    yield lines
    lines = []
  }
  rest += decoder.end()
  if (rest !== '') push(rest)
  yield lines
}

const beginning = 400

function tooLong(line: number, text: string): TextLine {
  return { line, start: 0, text: text.slice(0, beginning), isTooLong: true }
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text
}

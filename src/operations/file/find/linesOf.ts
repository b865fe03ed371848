import { StringDecoder } from 'node:string_decoder'

/** A line of a file, or a piece of one that is very long. */
export interface Line {
  /** From 1. */
  readonly line: number
  /** Where the piece starts in its line, in UTF-16 code units from 0. */
  readonly start: number
  readonly text: string
}

/** Longer lines come in pieces, so that a file without line ends needs no more memory than another. */
const longestPiece = 64 * 1024

/**
 * The lines of a text file. Pieces of one line share `overlap` characters, so that what is as long as one more is whole
 * in one of them. Gives nothing for a binary file, which has a NUL byte in its first chunk.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, overlap: number): AsyncGenerator<Line> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  let line = 1
  let start = 0
  let isFirst = true
  for await (const chunk of chunks) {
    if (isFirst && chunk.includes(0)) return
    isFirst = false
    rest += decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length))
    let from = 0
    for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n', from)) {
      yield { line, start, text: withoutReturn(rest.slice(from, end)) }
      from = end + 1
      line += 1
      start = 0
    }
    rest = rest.slice(from)
    if (rest.length > longestPiece) {
      yield { line, start, text: rest }
      start += rest.length - overlap
      rest = rest.slice(rest.length - overlap)
    }
  }
  rest += decoder.end()
  if (rest !== '') yield { line, start, text: withoutReturn(rest) }
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text
}

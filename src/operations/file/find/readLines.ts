import { chunksOf } from '../tree/chunksOf.js'

const newline = 0x0a

export interface ReadLines {
  readonly bytes: Buffer
  readonly lines: number
  /** Whether the file goes on behind them. */
  readonly goesOn: boolean
}

/**
 * Some lines of an open file with their line ends, from `offset` on, the first being 1; undefined when they hold more than `maxBytes`.
 * A last line without a line end is one too.
 */
export async function readLines(
  handle: number,
  { offset, limit, maxBytes }: { readonly offset: number; readonly limit: number; readonly maxBytes: number },
  signal: AbortSignal,
): Promise<ReadLines | undefined> {
  const pieces: Buffer[] = []
  let length = 0
  let line = 1
  const result = (goesOn: boolean): ReadLines => {
    const bytes = Buffer.concat(pieces)
    const isOpen = bytes.length > 0 && bytes.at(-1) !== newline
    return { bytes, lines: Math.max(0, line - offset) + (isOpen ? 1 : 0), goesOn }
  }
  for await (const chunk of chunksOf(handle, signal)) {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    if (line >= offset + limit) return result(true)
    let at = 0
    let from = line >= offset ? 0 : -1
    while (line < offset + limit) {
      const end = buffer.indexOf(newline, at)
      if (end === -1) {
        at = buffer.length
        break
      }
      at = end + 1
      line += 1
      if (line === offset) from = at
    }
    if (from !== -1) {
      length += at - from
      if (length > maxBytes) return undefined
      pieces.push(Buffer.from(buffer.subarray(from, at)))
    }
    if (line >= offset + limit && at < buffer.length) return result(true)
  }
  return result(false)
}

import { Transform } from 'node:stream'

/** What is looked at of a message that is too long, at either end, to find its id. */
const lookedAt = 64 * 1024

/**
 * Lets messages through, a line each, and keeps back those of more than `most` bytes: `refuse` is told the id of each, where it stands near
 * an end of the message.
 *
 * A message is put together once, when its end has come: what reads behind this would copy all of it again for each piece.
 */
export function wholeLines(most: number, refuse: (id: string | number | null) => void): Transform {
  let pieces: Buffer[] = []
  let bytes = 0
  let head: Buffer = Buffer.alloc(0)
  let tail: Buffer = Buffer.alloc(0)
  const add = (piece: Buffer): void => {
    bytes += piece.length
    if (bytes <= most) return void pieces.push(piece)
    if (pieces.length > 0) head = Buffer.concat(pieces).subarray(0, lookedAt)
    pieces = []
    tail = Buffer.concat([tail, piece.subarray(-lookedAt)]).subarray(-lookedAt)
  }
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      let from = 0
      for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
        add(chunk.subarray(from, end + 1))
        if (bytes <= most) this.push(Buffer.concat(pieces))
        else refuse(idIn(`${head.toString()} ${tail.toString()}`))
        pieces = []
        bytes = 0
        head = tail = Buffer.alloc(0)
        from = end + 1
      }
      add(chunk.subarray(from))
      done()
    },
  })
}

/** The id of a request, which clients write before or behind its params. */
function idIn(ends: string): string | number | null {
  const [, id] =
    /"jsonrpc"\s*:\s*"2\.0"\s*,\s*"id"\s*:\s*("(?:[^"\\]|\\.){0,200}"|-?\d{1,15})/.exec(ends) ??
    /,\s*"id"\s*:\s*("(?:[^"\\]|\\.){0,200}"|-?\d{1,15})\s*(?:,\s*"jsonrpc"\s*:\s*"2\.0"\s*)?\}\s*$/.exec(ends) ??
    []
  return id === undefined ? null : (JSON.parse(id) as string | number)
}

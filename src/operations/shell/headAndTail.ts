/** Bytes of text as they come, of which only the first and the last are kept. */
export interface HeadAndTail {
  add(chunk: Uint8Array): void
  /** What is kept, cut between characters, with a marker where something was left out. */
  text(): { readonly text: string; readonly truncated: boolean }
}

/**
 * Keeps `limitBytes` of whatever is added: all of it, or half from the start and half from the end.
 *
 * One buffer that grows up to the limit: its second half is a ring, so that any amount costs the same memory.
 */
export function headAndTail(limitBytes: number): HeadAndTail {
  const head = Math.floor(limitBytes / 2)
  const ring = limitBytes - head
  let kept = Buffer.alloc(0)
  let total = 0

  const add = (chunk: Uint8Array): void => {
    let from = 0
    while (from < chunk.length) {
      const at = total < head ? total : head + ((total - head) % ring)
      const size = Math.min(chunk.length - from, (total < head ? head : limitBytes) - at)
      if (at + size > kept.length) kept = grown(kept, at + size, limitBytes)
      kept.set(chunk.subarray(from, from + size), at)
      from += size
      total += size
    }
  }

  const text = (): { text: string; truncated: boolean } => {
    if (total <= limitBytes) return { text: kept.toString('utf8', 0, total), truncated: false }
    const turn = head + ((total - head) % ring)
    const first = withoutBrokenEnd(kept.subarray(0, head))
    const last = withoutBrokenStart(Buffer.concat([kept.subarray(turn, limitBytes), kept.subarray(head, turn)]))
    const leftOut = (total - first.length - last.length).toLocaleString('en')
    return { text: `${first.toString()}\n[… ${leftOut} bytes left out …]\n${last.toString()}`, truncated: true }
  }
  return { add, text }
}

function grown(buffer: Buffer, needed: number, limit: number): Buffer<ArrayBuffer> {
  const larger = Buffer.alloc(Math.min(limit, Math.max(needed, 2 * buffer.length, 4096)))
  larger.set(buffer)
  return larger
}

// UTF-8: 10xxxxxx continues a character, 110xxxxx, 1110xxxx and 11110xxx begin one of two, three and four bytes.
const continues = (byte: number): boolean => (byte & 0xc0) === 0x80
const lengthOf = (byte: number): number => (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1)

function withoutBrokenEnd(bytes: Buffer): Buffer {
  let begin = bytes.length - 1
  while (begin > 0 && bytes.length - begin < 4 && continues(bytes[begin]!)) begin -= 1
  return begin >= 0 && begin + lengthOf(bytes[begin]!) > bytes.length ? bytes.subarray(0, begin) : bytes
}

function withoutBrokenStart(bytes: Buffer): Buffer {
  let begin = 0
  while (begin < Math.min(3, bytes.length) && continues(bytes[begin]!)) begin += 1
  return bytes.subarray(begin)
}

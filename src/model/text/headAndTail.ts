// model/text: the beginning and end of long texts, and hashes of texts.
/** What is kept, as text: cut between characters, with a marker where something was left out. */
export interface KeptText {
  readonly text: string
  /** The bytes left out. */
  readonly omitted: number
  /** Whether the bytes kept are UTF-8. Where they are not, the text has U+FFFD. */
  readonly isUtf8: boolean
}

/** Bytes of text as they come, of which only the first and the last are kept. */
export interface HeadAndTail {
  add(chunk: Uint8Array): void
  text(): KeptText
  /** What is kept, when nothing was left out. */
  whole(): Uint8Array | undefined
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()

/**
 * Keeps the first `headBytes` and the last `tailBytes` of whatever is added.
 *
 * One buffer that grows up to the limit: its second part is a ring, so that any amount costs the same memory.
 */
export function headAndTail(headBytes: number, tailBytes: number): HeadAndTail {
  const limit = headBytes + tailBytes
  let kept = new Uint8Array(0)
  let total = 0

  const add = (chunk: Uint8Array): void => {
    let from = 0
    while (from < chunk.length) {
      const inHead = total < headBytes
      const at = inHead ? total : headBytes + ((total - headBytes) % tailBytes)
      const size = Math.min(chunk.length - from, (inHead ? headBytes : limit) - at)
      if (at + size > kept.length) kept = grown(kept, at + size, limit)
      kept.set(chunk.subarray(from, from + size), at)
      from += size
      total += size
    }
  }

  const whole = (): Uint8Array | undefined => (total <= limit ? kept.subarray(0, total) : undefined)

  const text = (): KeptText => {
    const all = whole()
    if (all !== undefined) return { ...decoded(all), omitted: 0 }
    const turn = headBytes + ((total - headBytes) % tailBytes)
    const first = withoutBrokenEnd(kept.subarray(0, headBytes))
    const last = withoutBrokenStart(joined(kept.subarray(turn, limit), kept.subarray(headBytes, turn)))
    const omitted = total - first.length - last.length
    const [head, tail] = [decoded(first), decoded(last)]
    const left = `[… ${omitted.toLocaleString('en')} bytes left out …]`
    return { text: `${head.text}\n${left}\n${tail.text}`, omitted, isUtf8: head.isUtf8 && tail.isUtf8 }
  }
  return { add, text, whole }
}

function decoded(bytes: Uint8Array): Omit<KeptText, 'omitted'> {
  const text = decoder.decode(bytes)
  // A replacement character may have been written as one: then the text encodes to the very bytes it came from.
  return { text, isUtf8: !text.includes('\ufffd') || isEqual(encoder.encode(text), bytes) }
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, place) => byte === b[place])
}

function grown(bytes: Uint8Array, needed: number, limit: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.min(limit, Math.max(needed, 2 * bytes.length, 4096)))
  larger.set(bytes)
  return larger
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

// UTF-8: 10xxxxxx continues a character, 110xxxxx, 1110xxxx and 11110xxx begin one of two, three and four bytes.
const continues = (byte: number): boolean => (byte & 0xc0) === 0x80
const lengthOf = (byte: number): number => (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1)

function withoutBrokenEnd(bytes: Uint8Array): Uint8Array {
  let begin = bytes.length - 1
  while (begin > 0 && bytes.length - begin < 4 && continues(bytes[begin]!)) begin -= 1
  return begin >= 0 && begin + lengthOf(bytes[begin]!) > bytes.length ? bytes.subarray(0, begin) : bytes
}

function withoutBrokenStart(bytes: Uint8Array): Uint8Array {
  let begin = 0
  while (begin < Math.min(3, bytes.length) && continues(bytes[begin]!)) begin += 1
  return bytes.subarray(begin)
}

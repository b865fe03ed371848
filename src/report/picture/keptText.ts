/** Text as it comes, of which only the beginning and the end are kept. */
export interface BoundedText {
  readonly head: string
  readonly tail: string
  /** UTF-8 bytes of all that came. */
  readonly bytes: number
}

export const noText: BoundedText = { head: '', tail: '', bytes: 0 }

/** `head` and `tail` never have more than these characters together. */
export interface TextRoom {
  readonly head: number
  readonly tail: number
}

/** The same with more behind it. */
export function withText(kept: BoundedText, text: string, room: TextRoom): BoundedText {
  const bytes = kept.bytes + utf8Bytes(text)
  const missing = Math.max(0, room.head - kept.head.length)
  const head = missing === 0 || kept.tail !== '' ? kept.head : kept.head + text.slice(0, missing)
  const rest = text.slice(head.length - kept.head.length)
  if (rest === '') return { head, tail: kept.tail, bytes }
  const tail = kept.tail + rest
  // Cut now and then: cutting at each piece of a few letters would copy the whole each time.
  return { head, tail: tail.length > 2 * room.tail ? tail.slice(-room.tail) : tail, bytes }
}

/** What is kept, as one text that says where something was left out, and how many bytes that was. */
export function shownText({ head, tail, bytes }: BoundedText, room: TextRoom): { readonly text: string; readonly omitted: number } {
  const end = whole(tail.length > room.tail ? tail.slice(-room.tail) : tail)
  const omitted = bytes - utf8Bytes(head) - utf8Bytes(end)
  if (omitted <= 0) return { text: head + tail, omitted: 0 }
  return { text: `${head}\n[… ${omitted.toLocaleString('en')} bytes left out …]\n${end}`, omitted }
}

/** The first of a text, and that there was more. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  const head = text.slice(0, most)
  return `${head.replace(/[\ud800-\udbff]$/, '')} [… ${(text.length - most).toLocaleString('en')} more characters …]`
}

// Half of a pair at the place of a cut is no character.
function whole(text: string): string {
  return text.replace(/^[\udc00-\udfff]/, '')
}

export function utf8Bytes(text: string): number {
  let bytes = text.length
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x80) continue
    // Each half of a pair has two of its four bytes.
    bytes += code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 1 : 2
  }
  return bytes
}

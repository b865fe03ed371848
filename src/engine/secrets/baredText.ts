/**
 * A text without white space and NUL characters, and where each of its characters stood.
 *
 * Secrets are looked for in it: so one is found re-indented, wrapped at any width, and in UTF-16, which is text with a NUL between
 * its letters.
 */
export interface BaredText {
  readonly text: string
  /** Where the character at `index` of the bared text stands in the whole one. */
  readonly placeOf: (index: number) => number
}

/** Longer white space than this does not stand within a secret. Else the end of a text would be held back without end. */
const longestGap = 256

const skipped = /[\s\0]+/g
const skips = /[\s\0]/

export function baredText(whole: string): BaredText {
  if (!skips.test(whole)) return { text: whole, placeOf: (index) => index }
  const pieces: string[] = []
  /** Where each piece begins in the bared text, and how far it has moved. */
  const starts: number[] = []
  const moved: number[] = []
  let length = 0
  let from = 0
  const keep = (to: number): void => {
    if (to === from) return
    pieces.push(whole.slice(from, to))
    starts.push(length)
    moved.push(from - length)
    length += to - from
  }
  for (const { index, 0: gap } of whole.matchAll(skipped)) {
    keep(index)
    const end = index + gap.length
    // One blank stays: no form of a secret has any.
    from = gap.length > longestGap ? end - 1 : end
    keep(end)
    from = end
  }
  keep(whole.length)
  return { text: pieces.join(''), placeOf: (index) => index + moved[pieceAt(starts, index)]! }
}

/** The last piece that begins at or before an index. */
function pieceAt(starts: readonly number[], index: number): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= index) low = middle
    else high = middle - 1
  }
  return low
}

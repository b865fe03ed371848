// terminal/text: how text, numbers and times are written on a terminal.
import stringWidth from 'string-width'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const plainAscii = /^[\x20-\x7e]*$/

/** Columns a terminal needs for one line of text; its colours need none. */
export function widthOf(text: string): number {
  return plainAscii.test(text) ? text.length : stringWidth(text)
}

/** The text, or as much of it as fits into `columns`, then an ellipsis. */
export function clip(text: string, columns: number): string {
  if (text.length <= columns && plainAscii.test(text)) return text
  if (columns < 1) return ''
  let kept = ''
  let width = 0
  let fits = { text: '', width: 0 }
  for (const { segment } of graphemes.segment(text)) {
    const next = width + widthOf(segment)
    if (next > columns) return `${fits.text}…`
    kept += segment
    width = next
    if (width < columns) fits = { text: kept, width }
  }
  return kept
}

/** As `clip`, but cut between two words, unless the first one alone is too long. */
export function clipWords(text: string, columns: number): string {
  const cut = clip(text, columns)
  if (cut === text || cut === '') return cut
  const kept = cut.slice(0, -1)
  if (text.charAt(kept.length) === ' ') return `${kept.trimEnd()}…`
  const words = kept.slice(0, kept.lastIndexOf(' ') + 1).trimEnd()
  return words === '' ? cut : `${words}…`
}

/** The text with spaces behind it up to `columns`. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)))
}

/**
 * One line as several that fit into `columns`, broken between words, all but the first behind `indent`.
 *
 * A word that is longer than a line stays whole: a path or an id cut in two could not be copied.
 */
export function wrapped(line: string, columns: number, indent = ''): readonly string[] {
  if (widthOf(line) <= columns) return [line]
  const lead = /^ */.exec(line)![0]
  const lines: string[] = []
  let current = lead
  let empty = true
  for (const word of line.slice(lead.length).split(' ')) {
    if (!empty && widthOf(current) + 1 + widthOf(word) > columns) {
      lines.push(current)
      current = indent
      empty = true
    }
    current += empty ? word : ` ${word}`
    empty = false
  }
  return [...lines, current]
}

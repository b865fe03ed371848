// text/: how text, numbers and times are written on a terminal.
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

// East Asian Wide and Fullwidth (Unicode 15, UAX #11) and characters shown as emoji: two columns each.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18d08}\u{1aff0}-\u{1b2fb}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u
const combining = /^[\p{M}\p{Cf}]+$/u
const plainAscii = /^[\x20-\x7e]*$/

/** Columns a terminal needs for text without control characters. */
export function widthOf(text: string): number {
  if (plainAscii.test(text)) return text.length
  let width = 0
  for (const { segment } of graphemes.segment(text)) width += clusterWidth(segment)
  return width
}

/** The text, or as much of it as fits into `columns`, then an ellipsis. */
export function clip(text: string, columns: number): string {
  if (text.length <= columns && plainAscii.test(text)) return text
  if (columns < 1) return ''
  let kept = ''
  let width = 0
  let fits = { text: '', width: 0 }
  for (const { segment } of graphemes.segment(text)) {
    const next = width + clusterWidth(segment)
    if (next > columns) return `${fits.text}…`
    kept += segment
    width = next
    if (width < columns) fits = { text: kept, width }
  }
  return kept
}

/** The text with spaces behind it up to `columns`. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)))
}

function clusterWidth(cluster: string): number {
  return wide.test(cluster) ? 2 : combining.test(cluster) ? 0 : 1
}

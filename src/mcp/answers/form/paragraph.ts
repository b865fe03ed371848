/** A text of several lines as one, in which each still ends as a sentence does. */
export function paragraph(text: string): string {
  const lines = text.split(/\s*[\n\v\f\r\u0085\u2028\u2029]+\s*/).filter((line) => line !== '')
  return lines.map((line, place) => (place === lines.length - 1 || /[.:!?]$/.test(line) ? line : `${line}.`)).join(' ')
}

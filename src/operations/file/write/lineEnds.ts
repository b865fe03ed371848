/** How the lines of a text end. */
export type LineEnds = 'none' | 'lf' | 'crlf' | 'mixed'

export function lineEndsOf(text: string): LineEnds {
  let [crlf, lf] = [0, 0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    if (at > 0 && text[at - 1] === '\r') crlf += 1
    else lf += 1
    if (crlf > 0 && lf > 0) return 'mixed'
  }
  return crlf > 0 ? 'crlf' : lf > 0 ? 'lf' : 'none'
}

/** The same text with CRLF at each line end. */
export function withCrlf(text: string): string {
  return text.replaceAll(/\r?\n/g, '\r\n')
}

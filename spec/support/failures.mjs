// What failed, one line each, for the end of a long log: its tail alone then tells what to look at.
const mostLines = 40
const mostLetters = 200

/** The lines to print for `failures`, each `{ path, what }`; none when nothing failed. */
export function failureLines(failures) {
  const shown = failures.slice(0, mostLines).map(({ path, what }) => `  ${oneLine(what === undefined ? path : `${path}: ${what}`)}`)
  const left = failures.length - shown.length
  const more = left > 0 ? [`  … and ${left} more`] : []
  return failures.length === 0 ? [] : ['failed:', ...shown, ...more]
}

function oneLine(text) {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > mostLetters ? `${line.slice(0, mostLetters)}…` : line
}

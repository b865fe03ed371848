// `toLocaleString` says the same, and loads the tables of all languages for it: the first call takes longer than a small run.
const thirdDigits = /\B(?=(\d{3})+$)/g

/** `1 operation`, `12,345 operations`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${thousands(number)} ${number === 1 ? singular : plural}`
}

/** A whole number as people read it: `12,345`. */
export function thousands(number: number): string {
  return number < 1_000 ? `${number}` : `${number}`.replace(thirdDigits, ',')
}

/** `a`, `a and b`, `a, b and c`; of more than `most` the rest is a number: `a, b and 7 more`. */
export function listed(names: readonly string[], total = names.length, most = 5): string {
  const shown = total > most ? names.slice(0, most) : names
  const parts = shown.length < total ? [...shown, `${thousands(total - shown.length)} more`] : shown
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

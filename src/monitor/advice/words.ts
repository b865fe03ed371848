/** A time as it reads in a sentence. */
export function ms(value: number): string {
  return `${Math.round(value).toLocaleString('en-US')} ms`
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** A path as one word of a command. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** A text as one word of a shell: as it is where no shell would change it, else in single quotes. Every command that is proposed is made of these. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

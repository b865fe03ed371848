import { shortIds } from '../../pastRuns/shortIds.js'

const plainWord = /^[\w@%+=:,./-]+$/

/** A text as a shell takes it for one word. */
export function shellWord(text: string): string {
  return plainWord.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/** The command that shows an operation of a run, to be copied. */
export function showCommand(runId: string, root: string | undefined): (id: string) => string {
  const run = shortIds([runId])(runId)
  const where = root === undefined ? '' : ` --root ${shellWord(root)}`
  return (id) => `millrace show ${run} ${shellWord(id)}${where}`
}

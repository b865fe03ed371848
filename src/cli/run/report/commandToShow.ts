import { shellWord } from '../../../monitor/advice/words.js'
import { shortIds } from '../../pastRuns/shortIds.js'

/** The command that shows an operation of a run, to be copied. */
export function commandToShow(runId: string, root: string | undefined): (id: string) => string {
  const run = shortIds([runId])(runId)
  const where = root === undefined ? '' : ` --root ${shellWord(root)}`
  return (id) => `millrace show ${run} ${shellWord(id)}${where}`
}

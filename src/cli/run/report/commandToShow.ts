import { shellWord } from '../../../monitor/advice/words.js'
import type { ShowCommand } from '../../../terminal/live/showCommand.js'
import type { Titles } from '../../../terminal/text/titles.js'
import { shortIds } from '../../pastRuns/shortIds.js'

/** The command that shows a run whose log is kept below a root, or one of its operations: to be copied, so it has ids and no titles. */
export function commandToShow(root: string | undefined, titles?: Titles): ShowCommand {
  const where = root === undefined ? '' : ` --root ${shellWord(root)}`
  return (runId, id) =>
    `millrace show ${shortIds([runId])(runId)}${id === undefined ? '' : ` ${shellWord(titles?.idOf(id) ?? id)}`}${where}`
}

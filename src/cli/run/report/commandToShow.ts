import { shellWord } from '../../../model/fault/shellWord.js'
import { inRoot } from '../../flags/inRoot.js'
import type { ShowCommand } from '../../../terminal/live/showCommand.js'
import type { Titles } from '../../../terminal/text/titles.js'
import { shortIds } from '../../pastRuns/shortIds.js'

/**
 * The command that shows a run whose log is kept below a root, or one of its operations: to be copied, so it has ids and no titles. `typedIn` is the folder
 * where that is done.
 */
export function commandToShow(root: string | undefined, titles?: Titles, typedIn?: string): ShowCommand {
  const where = inRoot(root, typedIn)
  return (runId, id) =>
    `millrace show ${shellWord(shortIds([runId])(runId))}${id === undefined ? '' : ` ${shellWord(titles?.idOf(id) ?? id)}`}${where}`
}

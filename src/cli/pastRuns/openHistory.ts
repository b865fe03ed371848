// cli/pastRuns: the finished runs of a root, and how one of them is named, for the commands that look back.
import { readHistory, type History } from '../../journal/history/historyFile.js'
import { historyOf } from '../../journal/stateFolder.js'
import { count } from '../../terminal/text/count.js'
import { paintOf, type Paint } from '../../terminal/text/paint.js'
import { visible } from '../../terminal/text/visible.js'

/** The flags of every command that looks back. */
export interface LookingBackFlags {
  readonly root?: string
  readonly json?: true
  readonly color: boolean
}

/** The history of the root that is meant; what of it cannot be read is told on stderr. */
export async function openHistory({ root = '.' }: LookingBackFlags): Promise<History> {
  const history = await readHistory(root)
  if (history.unreadable > 0)
    process.stderr.write(
      `${visible(historyOf(root))}: left out ${count(history.unreadable, 'line')} that cannot be read.\n"millrace history --rebuild" restores the history from the event logs.\n`,
    )
  return history
}

export function paintFor(stream: NodeJS.WriteStream, { color }: LookingBackFlags): Paint {
  return paintOf(stream, color)
}

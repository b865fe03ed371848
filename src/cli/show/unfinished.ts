import { basename } from 'node:path'
import type { AboutRun } from '../../journal/aboutRun.js'
import { resumedBy } from '../../journal/resumedBy.js'
import type { BatchEvent } from '../../model/event.js'
import { shellWord } from '../../model/fault/shellWord.js'
import { isTerminal } from '../../model/isTerminal.js'
import { writerOf } from '../../system/lock/writerLock.js'
import { count, listed } from '../../terminal/text/count.js'
import type { Titles } from '../../terminal/text/titles.js'
import { visible } from '../../terminal/text/visible.js'

/** How far a run came by a log that has no end. */
export interface RunSoFar {
  readonly see: (event: BatchEvent) => void
  readonly reached: (about: AboutRun | undefined) => Reached
}

/** The operations of a plan, by their ids. */
export interface Reached {
  readonly ended: readonly string[]
  /** Begun, or a part of them was, and not ended. */
  readonly underWay: readonly string[]
  readonly notStarted: readonly string[]
}

export function progressOfRun(): RunSoFar {
  const ended = new Set<string>()
  const begun = new Set<string>()
  return {
    see(event) {
      if (isTerminal(event) && event.parent === undefined) ended.add(event.id)
      else if (event.type === 'attempt-started' || isTerminal(event)) begun.add(event.parent ?? event.id)
    },
    reached(about) {
      // Operations that came while the run went on stand in its events alone.
      const ids = about === undefined || about.streamed ? [...new Set([...ended, ...begun])] : about.operations.map(({ id }) => id)
      return {
        ended: ids.filter((id) => ended.has(id)),
        underWay: ids.filter((id) => begun.has(id) && !ended.has(id)),
        notStarted: ids.filter((id) => !begun.has(id) && !ended.has(id)),
      }
    },
  }
}

/** Describes a run that is unfinished or still going on. `where` holds the flags that a proposed command needs to find it. */
export function unfinishedLines(
  folder: string,
  { ended, underWay, notStarted }: Reached,
  titles: Titles | undefined,
  where: string,
): readonly string[] {
  const runId = basename(folder)
  const named = (ids: readonly string[]): string =>
    listed(
      ids.slice(0, 20).map((id) => visible(titles?.shown(id) ?? id)),
      ids.length,
      20,
    )
  const total = ended.length + underWay.length + notStarted.length
  const by = resumedBy(folder)
  // The lock of a run that was resumed is held by the later one.
  const pid = by === undefined ? writerOf(folder) : undefined
  const far = `${ended.length} of ${count(total, 'operation')} ${pid === undefined ? 'had' : 'have'} ended.`
  return [
    ...(underWay.length > 0 ? [`Under way: ${named(underWay)}.`] : []),
    ...(notStarted.length > 0 ? [`Not started: ${named(notStarted)}.`] : []),
    '',
    pid === undefined ? `The run ${runId} did not finish: ${far}` : `The run ${runId} goes on, in process ${pid}: ${far}`,
    nextCommand(runId, by, pid, where),
  ]
}

function nextCommand(runId: string, by: string | undefined, pid: number | undefined, where: string): string {
  if (by !== undefined) return `It was continued: millrace show ${shellWord(by)}${where}`
  return `To ${pid === undefined ? 'continue it: millrace resume' : 'see it live: millrace watch'} ${shellWord(runId)}${where}`
}

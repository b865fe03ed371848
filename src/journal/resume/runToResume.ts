import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { BatchEvent } from '../../model/event.js'
import { hasAboutRun } from '../aboutRun.js'
import { decodeLastLine } from '../log/decodeLog.js'
import { resumedBy } from '../resumedBy.js'
import { loggedRuns } from '../retention.js'
import { logName } from '../runLog.js'
import { runsFolderOf } from '../stateFolder.js'
import type { ResumeKind } from './resumeFault.js'

/**
 * The folder of the run that is meant when none is named: to resume, the last that was interrupted, cancelled or stopped and that no
 * other has resumed; to retry, the last. Undefined when there is none.
 */
export async function runToResume(root: string, kind: ResumeKind): Promise<string | undefined> {
  const runs = await loggedRuns(root)
  const folders = runs.map(({ runId }) => join(runsFolderOf(root), runId)).reverse()
  return folders.find((folder) => resumedBy(folder) === undefined && hasBegun(folder) && (kind === 'retry' || wasInterrupted(folder)))
}

/** Not one that was killed while its log was being made. */
function hasBegun(folder: string): boolean {
  return hasAboutRun(folder) || (statSync(join(folder, logName), { throwIfNoEntry: false })?.size ?? 0) > 0
}

/** Whether the log of a run, as far as it goes now, ends before the run did, or with a run that was cancelled or stopped. */
export function wasInterrupted(folder: string): boolean {
  const last = lastEvent(join(folder, logName))
  return last?.type !== 'run-finished' || last.summary.counts.cancelled > 0 || last.summary.stoppedBy !== undefined
}

const piece = 64 * 1024

/** The last event of a log; undefined for one without, or whose last line was interrupted or is damaged. */
function lastEvent(path: string): BatchEvent | undefined {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    // Longer and longer, until a line is whole in it: a summary may name a thousand failures.
    for (let length = Math.min(size, piece); ; length = Math.min(size, 2 * length)) {
      const bytes = Buffer.alloc(length)
      readSync(file, bytes, 0, length, size - length)
      const last = decodeLastLine(bytes, length === size)
      if (last !== 'longer') return last
    }
  } finally {
    closeSync(file)
  }
}

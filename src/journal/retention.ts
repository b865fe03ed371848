import { lstat, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writerOf } from './lock.js'
import { logName } from './runLog.js'
import { codeOf, runsFolderOf } from './stateFolder.js'

/** Which event logs stay. What goes leaves its line in the history. */
export interface Retention {
  /** The latest so many. */
  readonly runs?: number
  /** Those whose last event is at most so old. */
  readonly ageMs?: number
}

/** A folder of logs grows by what runs say: without a bound it fills the disk of whoever forgot it. */
export const defaultRetention: Retention = { runs: 100 }

/** Removes the logs that need not be kept, oldest first; never one that is being written. Answers the ids of their runs. */
export async function dropOldRuns(root: string, { runs = Infinity, ageMs = Infinity }: Retention, now: number): Promise<readonly string[]> {
  const known = await loggedRuns(root)
  const dropped = known.filter(({ at }, index) => index < known.length - runs || at < now - ageMs)
  const ids: string[] = []
  for (const { runId } of dropped) {
    const folder = join(runsFolderOf(root), runId)
    if (writerOf(folder) !== undefined) continue
    await rm(folder, { recursive: true, force: true })
    ids.push(runId)
  }
  return ids
}

/** The runs that have a log, by the time of the last event, oldest first. */
export async function loggedRuns(root: string): Promise<readonly { readonly runId: string; readonly at: number }[]> {
  const runs = runsFolderOf(root)
  const found = await Promise.all((await namesIn(runs)).map(async (runId) => ({ runId, at: await changedAt(join(runs, runId, logName)) })))
  return found.flatMap(({ runId, at }) => (at === undefined ? [] : [{ runId, at }])).sort((a, b) => a.at - b.at)
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  }
}

/** Undefined for what holds no log: someone else's folder, or one that is being removed. */
async function changedAt(path: string): Promise<number | undefined> {
  try {
    return (await lstat(path)).mtimeMs
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined
    throw error
  }
}

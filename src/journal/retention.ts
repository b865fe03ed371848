import { lstatSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writerOf } from '../system/lock/writerLock.js'
import { resumedBy } from './resumedBy.js'
import { logName } from './runLog.js'
import { errorCode } from '../system/errorCode.js'
import { keptRuns, runsFolderOf } from './stateFolder.js'

/** Which event logs stay. What goes leaves its line in the history. */
export interface Retention {
  /** The latest so many. */
  readonly runs?: number
  /** Those whose last event is at most so old. */
  readonly ageMs?: number
  /** The latest whose logs have so many bytes together; the last one always. */
  readonly bytes?: number
}

/** A folder of logs grows by what runs say: without a bound it fills the disk of whoever forgot it. */
export const defaultRetention: Retention = { runs: 100, bytes: 2 ** 30 }

/** When the last event of each run came, and the size of its log, as far as it was looked at: kept by whoever drops old runs again and again. */
export type SeenRuns = Map<string, { readonly at: number; readonly bytes: number }>

/**
 * Removes the logs that need not be kept, oldest first; never one that is being written. Answers the ids of their runs.
 *
 * Of the runs in `seen` only those that seem old are looked at again: time only goes on, so that the others are no older.
 * All of it in this thread: of a run now and then, each step costs less than handing it to another one.
 */
export async function dropOldRuns(root: string, retention: Retention, now: number, seen: SeenRuns = new Map()): Promise<readonly string[]> {
  const ids: string[] = []
  for (const runId of oldRuns(root, retention, now, seen)) {
    const folder = join(runsFolderOf(root), runId)
    // What another run has taken over is read with that, should it be interrupted too.
    if (writerOf(folder) !== undefined || resumedBy(folder) !== undefined) continue
    rmSync(folder, { recursive: true, force: true })
    ids.push(runId)
  }
  return ids
}

function oldRuns(
  root: string,
  { runs = Infinity, ageMs = Infinity, bytes = Infinity }: Retention,
  now: number,
  seen: SeenRuns,
): readonly string[] {
  const names = keptRuns(root)
  const there = new Set(names)
  for (const runId of seen.keys()) if (!there.has(runId)) seen.delete(runId)
  const looked = new Set<string>()
  let toLook = names.filter((runId) => !seen.has(runId))
  for (;;) {
    look(root, toLook, seen)
    for (const runId of toLook) looked.add(runId)
    const known = byAge(seen)
    const tooMuch = known.length - fitting(known, bytes)
    const old = known.flatMap(({ runId, at }, index) => (index < Math.max(known.length - runs, tooMuch) || at < now - ageMs ? [runId] : []))
    toLook = old.filter((runId) => !looked.has(runId))
    if (toLook.length === 0) return old
  }
}

/** The runs that have a log, by the time of the last event, oldest first. */
export async function loggedRuns(root: string): Promise<readonly LoggedRun[]> {
  const seen: SeenRuns = new Map()
  look(root, keptRuns(root), seen)
  return byAge(seen)
}

interface LoggedRun {
  readonly runId: string
  readonly at: number
  readonly bytes: number
}

/** How many of the latest fit into so many bytes; one at least. */
function fitting(known: readonly LoggedRun[], bytes: number): number {
  let total = 0
  const newest = known.toReversed()
  const tooMany = newest.findIndex((run, place) => (total += run.bytes) > bytes && place > 0)
  return tooMany === -1 ? known.length : tooMany
}

function byAge(seen: SeenRuns): readonly LoggedRun[] {
  return Array.from(seen, ([runId, { at, bytes }]) => ({ runId, at, bytes })).sort((a, b) => a.at - b.at)
}

function look(root: string, runIds: readonly string[], seen: SeenRuns): void {
  for (const runId of runIds) {
    const log = logAt(join(runsFolderOf(root), runId, logName))
    if (log === undefined) seen.delete(runId)
    else seen.set(runId, log)
  }
}

/** Undefined for what holds no log: someone else's folder, or one that is being removed. */
function logAt(path: string): { readonly at: number; readonly bytes: number } | undefined {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false })
    return stats && { at: stats.mtimeMs, bytes: stats.size }
  } catch (error) {
    if (errorCode(error) === 'ENOTDIR') return undefined
    throw error
  }
}

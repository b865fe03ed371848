import * as E from 'fp-ts/lib/Either.js'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { HistoryEntry } from '../../journal/history/historyEntry.js'
import { keptRuns, runsFolderOf } from '../../journal/stateFolder.js'
import { shellWord } from '../../model/fault/shellWord.js'
import { inRoot } from '../flags/inRoot.js'
import { runReference } from './runReference.js'

/** The folder of the log of the run that a text names: one of the history, or one that never finished. Left: what is wrong, in words. */
export function loggedRun(text: string, root: string, entries: readonly HistoryEntry[]): E.Either<string, string> {
  const folders = logFolders(root)
  const finished = new Set(entries.map(({ run }) => run.runId))
  const all = [...entries.map(({ run }) => run.runId), ...folders.filter((id) => !finished.has(id))]
  const found = runReference(text, text.startsWith('last') ? entries : all.map((runId) => ({ run: { runId } })))
  if (found._tag === 'Left') return found
  const runId = all[found.right]!
  if (folders.includes(runId)) return E.right(join(runsFolderOf(root), runId))
  return E.left(`the log of the run ${runId} is gone: --keep limits how many logs are kept. "millrace history" still has its figures.`)
}

/**
 * What to say beside the last finished run, or instead of it: that a later one has not finished. `command` is the one that was asked.
 * Undefined when a run was named, or when none is later.
 */
export function laterRun(text: string | undefined, root: string, entries: readonly HistoryEntry[], command: string): string | undefined {
  const latest = text === undefined || text === 'last' ? logFolders(root).at(-1) : undefined
  if (latest === undefined || entries.some(({ run }) => run.runId === latest)) return undefined
  const id = latest.slice(0, 8)
  const [named, where] = [shellWord(id), inRoot(root)]
  return `A later run, ${id}, has not finished: see it with "millrace ${command} ${named}${where}"; if it was interrupted, "millrace resume${where}" continues it.`
}

/** The folder of the log that was begun last, of a run that goes on or one that has ended; undefined where there is none. */
export function latestLog(root: string): string | undefined {
  const latest = logFolders(root).at(-1)
  return latest && join(runsFolderOf(root), latest)
}

/** The runs that have a log, the earliest first. */
function logFolders(root: string): readonly string[] {
  const runs = runsFolderOf(root)
  return keptRuns(root)
    .map((name) => ({ name, at: statSync(join(runs, name), { throwIfNoEntry: false })?.birthtimeMs ?? 0 }))
    .sort((a, b) => a.at - b.at)
    .map(({ name }) => name)
}

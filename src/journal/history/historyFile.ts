// journal/history: the history of runs on disk, its baselines and the advice that was given.
import { randomUUID } from 'node:crypto'
import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import { open, readFile, rename } from 'node:fs/promises'
import { OperationFailure } from '../../model/operationError.js'
import { errorCode } from '../../system/errorCode.js'
import { makeStateFolder } from '../../system/stateFolder.js'
import { historyOf } from '../stateFolder.js'
import { entryOfLine, lineOfEntry, type HistoryEntry } from './historyEntry.js'

/** The finished runs of a root. */
export interface History {
  /** In the order in which they were written, which is that of their ends. */
  readonly entries: readonly HistoryEntry[]
  /** Lines that are no entry: of a write that was interrupted, or of another version. */
  readonly unreadable: number
}

/** A root without a history has an empty one. */
export async function readHistory(root: string): Promise<History> {
  const lines = (await textOf(historyOf(root))).split('\n').filter((line) => line !== '')
  const entries = lines.flatMap((line) => entryOfLine(line) ?? [])
  return { entries, unreadable: lines.length - entries.length }
}

/** Adds a line in one write at the end: two runs that end at once both have theirs. */
export async function appendHistory(root: string, entry: HistoryEntry): Promise<void> {
  makeStateFolder(root)
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_RDWR } = constants
  // In this thread: a line costs less than handing it to another one.
  const file = openSync(historyOf(root), O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600)
  try {
    // What an interrupted write left must not swallow this line.
    const line = Buffer.from(`${endsInLine(file) ? '' : '\n'}${lineOfEntry(entry)}`)
    if (writeSync(file, line) < line.length) throw new OperationFailure(halfWritten(root))
  } finally {
    closeSync(file)
  }
}

/** Puts another history in its place, in one step. */
export async function replaceHistory(root: string, entries: readonly HistoryEntry[]): Promise<void> {
  makeStateFolder(root)
  const draft = `${historyOf(root)}.${randomUUID()}`
  const file = await open(draft, 'wx', 0o600)
  try {
    for (const entry of entries) await file.appendFile(lineOfEntry(entry))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, historyOf(root))
}

function halfWritten(root: string): OperationFailure['error'] {
  const path = historyOf(root)
  return { type: 'system', code: 'ENOSPC', path, message: `${path}: the disk is full (ENOSPC).`, retryable: false }
}

function endsInLine(file: number): boolean {
  const { size } = fstatSync(file)
  if (size === 0) return true
  const last = Buffer.alloc(1)
  readSync(file, last, 0, 1, size - 1)
  return last[0] === 0x0a
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return ''
    throw error
  }
}

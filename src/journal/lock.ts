import { randomUUID } from 'node:crypto'
import { linkSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isPlainObject, own } from '../model/codec/plainObject.js'
import { OperationFailure } from '../model/operationError.js'
import { isAlive, processStart } from './processStart.js'
import { tried } from './stateFolder.js'
import { textOfFile, valueOfJson } from './textOfFile.js'

/** Held by the one process that writes in a folder. */
export interface Lock {
  release(): void
}

const name = 'lock'

/**
 * Takes the lock of a folder. One whose process is gone, also if its number was given to another, is taken over.
 *
 * Throws an `OperationFailure` that names the process when another one, or this one, holds it.
 */
export function takeLock(folder: string): Lock {
  const path = join(folder, name)
  const mine = JSON.stringify({ pid: process.pid, start: processStart(process.pid) })
  // Linked into place with its content: nobody can read a lock half written.
  const draft = join(folder, `${name}.${randomUUID()}`)
  writeFileSync(draft, mine, { mode: 0o600, flag: 'wx' })
  try {
    while (!tried('EEXIST', () => linkSync(draft, path))) {
      const held = textOfFile(path)
      if (held === undefined) continue // Released in between.
      const holder = holderOf(held)
      if (holder !== undefined) throw new OperationFailure(lockedBy(holder, folder))
      removeStale(path, held)
    }
  } finally {
    unlinkSync(draft)
  }
  return { release: () => void tried('ENOENT', () => unlinkSync(path)) }
}

/** The process that writes in a folder; undefined when none does. */
export function writerOf(folder: string): number | undefined {
  const held = textOfFile(join(folder, name))
  return held === undefined ? undefined : holderOf(held)
}

/** Renamed before it is removed: whoever else found it stale may have replaced it by a lock of their own meanwhile. */
function removeStale(path: string, stale: string): void {
  const aside = `${path}.${randomUUID()}`
  if (!tried('ENOENT', () => renameSync(path, aside))) return
  if (textOfFile(aside) !== stale) tried('EEXIST', () => linkSync(aside, path))
  unlinkSync(aside)
}

function holderOf(text: string): number | undefined {
  const lock = valueOfJson(text)
  // Whatever is no lock of ours, such as one a power cut left empty, is held by nobody.
  const pid = isPlainObject(lock) ? own(lock, 'pid') : undefined
  if (!isPlainObject(lock) || typeof pid !== 'number') return undefined
  const start = own(lock, 'start')
  return isAlive(pid, typeof start === 'string' ? start : undefined) ? pid : undefined
}

function lockedBy(pid: number, folder: string): OperationFailure['error'] {
  const message = `${folder} is being written by process ${pid}.\nWait for it to end, or give this run another id.`
  return { type: 'system', code: 'EBUSY', path: folder, message, retryable: true }
}

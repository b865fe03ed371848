// system/lock: one owner at a time, across processes, and none that is dead
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, renameSync, rmdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { orOnCode, tried } from '../errorCode.js'
import { ownerName, ownerNamed, stateOf, thisOwner, type Owner } from '../owner.js'

/**
 * A lock is a folder with one entry, named by its owner.
 *
 * It is prepared under a name of its own and taken by a rename onto the key, which the system refuses while the key holds an entry: so
 * there is no moment with half a lock. That of a dead process is taken away by the unlink of the entry that names it, which can never hit
 * a living one's, however late it comes: so there are no two owners, by construction.
 */
export interface Prepared {
  readonly folder: string
  readonly name: string
}

/** Who holds a key, since when. */
export interface Holder {
  readonly owner: Owner
  /** Another text for each time it is taken. */
  readonly since: string
}

const mark = '.free-'

/** Makes a lock that can be taken in a folder. */
export function prepare(folder: string): Prepared {
  const name = `${mark}${ownerName(thisOwner())}-${randomBytes(6).toString('hex')}`
  mkdirSync(join(folder, name), { mode: 0o700 })
  writeFileSync(join(folder, name, ownerName(thisOwner())), '', { mode: 0o600 })
  return { folder, name }
}

/** Whether the key is taken now; else who holds it, or undefined when it has just been released. */
export function take({ folder, name }: Prepared, key: string): true | Holder | undefined {
  for (;;) {
    if (tried(refusals, () => renameSync(join(folder, name), join(folder, key)))) return true
    const holder = holderOf(folder, key)
    if (holder === undefined || stateOf(holder.owner) !== 'gone') return holder
    removeDead(folder, key, holder.owner)
  }
}

// Windows refuses to replace any folder with EPERM, and so an empty one is removed before the next try.
const refusals = process.platform === 'win32' ? ['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES'] : ['ENOTEMPTY', 'EEXIST']

/** Gives the key up: what was taken is prepared again. False when it was cleaned away meanwhile. */
export function release({ folder, name }: Prepared, key: string): boolean {
  return tried('ENOENT', () => renameSync(join(folder, key), join(folder, name)))
}

/** Removes what was prepared and is not taken. */
export function discard({ folder, name }: Prepared): void {
  removeDead(folder, name, thisOwner())
}

/** Who holds a key; undefined when nobody does. */
export function holderOf(folder: string, key: string): Holder | undefined {
  const path = join(folder, key)
  const entries = orOnCode(['ENOENT', 'ENOTDIR'], [], () => readdirSync(path))
  const owner = entries.map(ownerNamed).find((named) => named !== undefined)
  if (owner === undefined) return undefined
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stats && { owner, since: `${ownerName(owner)} ${stats.ino} ${stats.ctimeNs}` }
}

/** Takes away what a dead owner left at a name. Whatever a living one has put there meanwhile stays. */
function removeDead(folder: string, name: string, owner: Owner): void {
  tried('ENOENT', () => unlinkSync(join(folder, name, ownerName(owner))))
  tried(['ENOENT', 'ENOTEMPTY', 'EEXIST'], () => rmdirSync(join(folder, name)))
}

/** Removes the locks that dead processes left in a folder, taken and prepared. */
export function removeDeadLocks(folder: string): void {
  for (const name of readdirSync(folder)) {
    const holder = holderOf(folder, name)
    if (holder !== undefined && stateOf(holder.owner) === 'gone') removeDead(folder, name, holder.owner)
  }
}

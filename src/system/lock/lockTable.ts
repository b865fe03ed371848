import { existsSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode, tried } from '../errorCode.js'
import { makePrivateFolder } from '../stateFolder.js'
import { forgetUserFolder, userFolder } from '../userFolder.js'
import { prepare, release, removeDeadLocks, take, type Holder, type Prepared } from './ownedFolder.js'

/** The keys of a folder, which all processes of this user share. None of its calls waits. */
export interface LockTable {
  /** Whether the key is held now; else by whom, or undefined when that has just changed. */
  take(key: string): true | Holder | undefined
  release(key: string): void
  /** Leaves word that somebody waits for a key: without it, who releases and takes again at once always wins. */
  want(key: string): void
  wantNoMore(key: string): void
  /** Whether others wait for a key that was released here less than so long ago. */
  wantedByOthers(key: string, recentMs: number): boolean
}

/** The table of this user. */
export function lockTable(): LockTable {
  return (shared ??= lockTableIn(() => join(userFolder(), 'locks')))
}

let shared: LockTable | undefined

/** A table in a folder, which is made when it is missing: what cleans temporary files may take it away at any moment. */
export function lockTableIn(folderOf: () => string): LockTable {
  const free: Prepared[] = []
  const held = new Map<string, Prepared>()
  const released = new Map<string, number>()
  let folder: string | undefined

  const made = (): string => {
    if (folder !== undefined) return folder
    const path = folderOf()
    makePrivateFolder(path)
    removeDeadLocks(path)
    return (folder = path)
  }
  const wish = (key: string): string => join(made(), `${key}.wanted`)

  const takeOnce = (key: string): true | Holder | undefined => {
    const prepared = free.pop() ?? prepare(made())
    const taken = take(prepared, key)
    if (taken === true) held.set(key, prepared)
    else free.push(prepared)
    return taken
  }
  return {
    take(key) {
      try {
        return takeOnce(key)
      } catch (error) {
        if (errorCode(error) !== 'ENOENT') throw error
        // It was cleaned away: what was prepared is of no use any more.
        free.length = 0
        folder = undefined
        forgetUserFolder()
        return takeOnce(key)
      }
    },
    release(key) {
      const prepared = held.get(key)
      if (prepared === undefined) return
      held.delete(key)
      if (release(prepared, key)) free.push(prepared)
      if (released.size > mostRemembered) released.clear()
      released.set(key, performance.now())
    },
    want: (key) => void tried('ENOENT', () => writeFileSync(wish(key), '', { mode: 0o600 })),
    wantNoMore: (key) => void tried('ENOENT', () => unlinkSync(wish(key))),
    wantedByOthers(key, recentMs) {
      const at = released.get(key)
      return at !== undefined && performance.now() - at < recentMs && existsSync(wish(key))
    },
  }
}

/** Keys released lately: beyond that many, the oldest are long ago. */
const mostRemembered = 1_000

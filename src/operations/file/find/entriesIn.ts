import type { Stats } from 'node:fs'
import { join } from 'node:path'
import { labelBelow } from '../confine/entry.js'
import { errorCode } from '../../../system/errorCode.js'
import type { HeldFolder } from '../confine/heldFolder.js'
import { statsAt } from '../confine/pathTarget.js'
import { namesIn } from '../write/removeTree.js'
import { reservedAround, type RealRoots } from '../confine/roots.js'

export interface EntriesOptions {
  readonly folder: HeldFolder
  readonly location: string
  readonly realRoots: RealRoots
  readonly recursive: boolean
  readonly signal: AbortSignal
}

export interface Entry {
  /** Seen from the folder listed. */
  readonly path: string
  readonly name: string
  readonly stats: Stats
}

/** What is in a folder, in the order of names, each folder before what it holds. Reserved paths are left out, links not followed. */
export async function* entriesIn(options: EntriesOptions, above = ''): AsyncGenerator<Entry> {
  const { folder, location, realRoots, recursive, signal } = options
  for (const name of await namesIn(folder)) {
    signal.throwIfAborted()
    const inside = join(location, name)
    if (reservedAround(realRoots, inside) !== undefined) continue
    const stats = await statsAt({ folder, name })
    if (stats === undefined) continue // It went away since the folder was read.
    const path = above === '' ? name : labelBelow(above, name)
    yield { path, name, stats }
    if (!recursive || !stats.isDirectory()) continue
    const entered = await folder.enter(name).catch(exchanged)
    if (entered === undefined) continue
    try {
      yield* entriesIn({ ...options, folder: entered, location: inside }, path)
    } finally {
      await entered.release()
    }
  }
}

/** It was a folder a moment ago, and is gone or something else by now: then it holds nothing. */
export function exchanged(thrown: unknown): undefined {
  if (['ENOENT', 'ELOOP', 'ENOTDIR'].includes(errorCode(thrown) ?? '')) return undefined
  throw thrown
}

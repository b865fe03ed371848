import type { Stats } from 'node:fs'
import { join } from 'node:path'
import { statsAt } from '../confine/entry.js'
import type { HeldFolder } from '../confine/heldFolder.js'
import { errorCode } from '../../../system/errorCode.js'
import { reservedById } from '../confine/reserved.js'
import type { RealRoots } from '../confine/roots.js'
import { onceDescriptorsAreFree } from '../confine/whenDescriptorsAreFree.js'
import { isDraftName, namesIn } from '../tree/namesIn.js'
import { reservedNamesIn } from './walkFiles.js'

export interface EntriesOptions {
  readonly folder: HeldFolder
  readonly location: string
  readonly realRoots: RealRoots
  readonly recursive: boolean
  readonly pause: () => Promise<void> | undefined
}

export interface ListedEntry {
  /** Seen from the folder listed. */
  readonly path: string
  readonly name: string
  readonly stats: Stats
}

/** What is in a folder, in the order of names, each folder before what it holds. Reserved paths are left out, links not followed. */
export async function* entriesIn(options: EntriesOptions, above = ''): AsyncGenerator<ListedEntry> {
  const { folder, location, realRoots, recursive, pause } = options
  const isReserved = reservedNamesIn(realRoots, location)
  for (const name of namesIn(folder)) {
    await pause()
    if (isReserved(name) || isDraftName(name)) continue
    const stats = statsAt({ folder, name })
    if (stats === undefined) continue // It went away since the folder was read.
    const path = above === '' ? name : `${above}/${name}`
    const inside = stats.isDirectory() ? await onceDescriptorsAreFree(() => enterIfFolder(folder, name, recursive)) : undefined
    try {
      if (inside !== undefined && reservedById(realRoots, inside.id) !== undefined) continue
      yield { path, name, stats }
      if (inside !== undefined) yield* entriesIn({ ...options, folder: inside, location: join(location, name) }, path)
    } finally {
      inside?.release()
    }
  }
}

/** Undefined when it is not to be entered, or is gone or something else by now: then it holds nothing. */
function enterIfFolder(folder: HeldFolder, name: string, recursive: boolean): HeldFolder | undefined {
  if (!recursive) return undefined
  try {
    return folder.enter(name)
  } catch (error) {
    if (['ENOENT', 'ELOOP', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined
    throw error
  }
}

// operations/file/find: what is in folders and files: listed, matched, searched
import { dirname, basename, join } from 'node:path'
import { labelBelow, entryKindOf, statsAt, type FolderEntry } from '../confine/entry.js'
import type { HeldFolder } from '../confine/heldFolder.js'
import { reservedById } from '../confine/reserved.js'
import { folded, type RealRoots } from '../confine/roots.js'
import { onceDescriptorsAreFree } from '../confine/whenDescriptorsAreFree.js'
import { pathFailure } from '../confine/withPathErrors.js'
import { errorCode } from '../../../system/errorCode.js'
import { isDraftName, kindsIn } from '../tree/namesIn.js'

/** A file that was found. */
export interface FoundFile extends FolderEntry {
  /** Seen from the folder where the search began. */
  readonly path: string
}

export interface FolderWalk<S> {
  readonly realRoots: RealRoots
  readonly label: string
  readonly pause: () => Promise<void> | undefined
  /** The state behind a name; undefined when neither it nor anything in it is wanted. */
  readonly step: (state: S, name: string) => S | undefined
  /** Whether something in the folder of this state may be wanted. */
  readonly goesOn: (state: S) => boolean
  /** Whether the file of this state is wanted. */
  readonly isWanted: (state: S) => boolean
  /** Called for each file, in the order of paths. False ends the walk. */
  readonly visit: (file: FoundFile) => boolean | Promise<boolean>
}

/** Walks through what a folder holds, in the order of whole paths. Links are neither followed nor given. */
export async function walkFiles<S>(folder: HeldFolder, location: string, start: S, walk: FolderWalk<S>): Promise<void> {
  await walkFolder(folder, location, '', start, walk)
}

/** False when the walk has ended. */
async function walkFolder<S>(folder: HeldFolder, location: string, above: string, state: S, walk: FolderWalk<S>): Promise<boolean> {
  const isReserved = reservedNamesIn(walk.realRoots, location)
  for (const { name, isFolder } of sortedByPath(folder)) {
    await walk.pause()
    if (isReserved(name) || isDraftName(name)) continue
    const next = walk.step(state, name)
    if (next === undefined) continue
    const path = above === '' ? name : `${above}/${name}`
    if (!isFolder) {
      if (walk.isWanted(next) && !(await walk.visit({ folder, name, path }))) return false
      continue
    }
    if (!walk.goesOn(next)) continue
    const inside = await onceDescriptorsAreFree(() => enterIfThere(folder, name, labelBelow(walk.label, path)))
    if (inside === undefined) continue
    try {
      if (reservedById(walk.realRoots, inside.id) !== undefined) continue
      if (!(await walkFolder(inside, join(location, name), path, next, walk))) return false
    } finally {
      inside.release()
    }
  }
  return true
}

/** Files and folders, so that paths come in their order: a folder sorts as its name and a slash. */
function sortedByPath(folder: HeldFolder): readonly { name: string; isFolder: boolean }[] {
  return kindsIn(folder)
    .flatMap(({ name, kind }) => {
      const isFolder = kind.isDirectory()
      // Some disks do not say in the folder what an entry is.
      const isKnown = isFolder || kind.isFile() || entryKindOf(kind) === 'link'
      const found = isKnown ? entryKindOf(kind) : kindAt({ folder, name })
      return found === 'file' || found === 'folder'
        ? [{ name, isFolder: found === 'folder', key: found === 'folder' ? `${name}/` : name }]
        : []
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1))
}

function kindAt(entry: FolderEntry): string | undefined {
  const stats = statsAt(entry)
  return stats && entryKindOf(stats)
}

/** Undefined when it is gone or something else by now: then it holds nothing. */
function enterIfThere(folder: HeldFolder, name: string, label: string): HeldFolder | undefined {
  try {
    return folder.enter(name)
  } catch (error) {
    const code = errorCode(error) ?? ''
    if (['ENOENT', 'ELOOP', 'ENOTDIR'].includes(code)) return undefined
    throw code === 'EMFILE' || code === 'ENFILE' ? error : pathFailure(label, error)
  }
}

/** Which names in a folder are reserved. What is in those is never come to. */
export function reservedNamesIn({ reserved }: RealRoots, location: string): (name: string) => boolean {
  const here = reserved.filter((path) => folded(dirname(path.location)) === folded(location))
  if (here.length === 0) return () => false
  return (name) =>
    here.some((path) => {
      const other = folded(basename(path.location))
      return path.isPrefix ? folded(name).startsWith(other) : folded(name) === other
    })
}

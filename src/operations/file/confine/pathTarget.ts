import { lstat } from 'node:fs/promises'
import type { Stats } from 'node:fs'
import { errorCode, onCode } from '../../../system/errorCode.js'
import type { HeldFolder } from './heldFolder.js'
import { isRootFolder, holdsReserved, systemRefusal } from './refusals.js'
import { absolutePath, holds, labelOf, reservedWithin, type Roots } from './roots.js'
import { withPathErrors } from './withPathErrors.js'
import { resolvePath, type Place, type Spot, type WalkOptions } from './resolvePath.js'

/** Finds what a path of a plan names and holds its folder while it is used. Errors tell of the path as the plan names it. */
export async function withPlace<A>(space: Roots, path: string, options: WalkOptions, use: (place: Place) => Promise<A>): Promise<A> {
  const label = labelOf(space, path)
  const place = await withPathErrors(label, resolvePath(space, absolutePath(space, path), label, options))
  return withPathErrors(
    label,
    use(place).finally(() => place.folder.release()),
  )
}

/** Holds the folder that is at a place while it is used. */
export async function withFolder<A>({ folder, name, label }: Place, use: (folder: HeldFolder) => Promise<A>): Promise<A> {
  const inside = await folder.enter(name).catch((thrown: unknown) => {
    throw errorCode(thrown) === 'ENOTDIR' ? systemRefusal('ENOTDIR', label, 'is a file. Name a folder.') : thrown
  })
  return use(inside).finally(() => inside.release())
}

/** What is at a spot, links not followed; undefined when there is nothing. */
export function statsAt({ folder, name }: Spot): Promise<Stats | undefined> {
  return lstat(folder.at(name)).catch(onCode(['ENOENT'], undefined))
}

export type Kind = 'file' | 'folder' | 'link' | 'other'

export function kindOf(entry: Pick<Stats, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): Kind {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  return entry.isSymbolicLink() ? 'link' : 'other'
}

/** Refuses to touch as a whole what is or holds a root, or is where something reserved belongs. */
export async function refuseVital(space: Roots, { location, label }: Place, verb: string): Promise<void> {
  const realRoots = await space.realRoots()
  if (realRoots.roots.some((root) => holds(location, root))) throw isRootFolder(label)
  const reserved = reservedWithin(realRoots, location)
  if (reserved !== undefined) throw holdsReserved(label, reserved, verb)
}

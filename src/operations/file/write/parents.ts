import { mkdir, rmdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { AttemptContext } from '../../../model/work.js'
import { onCode } from '../../../system/errorCode.js'
import type { Roots } from '../confine/roots.js'
import { resolvePath, type MakeFolder } from '../confine/resolvePath.js'

/** Makes folders that are missing on the way to a place. An undo removes those it made, once they are empty. */
export function folderMaker(space: Roots, context: Pick<AttemptContext, 'undoable' | 'onUndo'>): MakeFolder {
  return async (folder, name, location) => {
    let made = false
    if (context.undoable)
      context.onUndo(async () => {
        if (!made) return
        space.leftovers.add(location)
        await removeLeftovers(space, location)
      })
    // One made by somebody else in this very moment is as good, and theirs.
    made = await mkdir(folder.at(name)).then(() => true, onCode(['EEXIST'], false))
  }
}

/**
 * Removes the folder at a location if an undo left it there, and the ones above as far as that goes.
 *
 * Operations that run side by side share the parents one of them made; whichever is undone last finds them empty.
 */
export async function removeLeftovers(space: Roots, location: string): Promise<void> {
  if (!space.leftovers.has(location)) return
  const removed = await removeIfEmpty(space, location)
  if (!removed) return
  space.leftovers.delete(location)
  await removeLeftovers(space, dirname(location))
}

async function removeIfEmpty(space: Roots, location: string): Promise<boolean> {
  const place = await resolvePath(space, location, location, { links: 'none' }).catch(onCode(['ENOENT', 'ENOTDIR', 'ELOOP'], undefined))
  if (place === undefined) return true
  return rmdir(place.folder.at(place.name))
    .then(() => true)
    .catch(onCode(['ENOENT'], true))
    .catch(onCode(['ENOTEMPTY', 'EEXIST', 'ENOTDIR'], false))
    .finally(() => place.folder.release())
}

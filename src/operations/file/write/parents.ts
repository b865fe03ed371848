import { mkdirSync, rmdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { AttemptContext } from '../../../model/work.js'
import { orOnCode, tried } from '../../../system/errorCode.js'
import { findTarget, type MakeFolder } from '../confine/findTarget.js'
import type { Roots } from '../confine/roots.js'
import { pathFailure } from '../confine/withPathErrors.js'

/** Makes folders that are missing on the way to a target. An undo removes those it made, once they are empty. */
export function folderMaker(space: Roots, context: Pick<AttemptContext, 'undoable' | 'onUndo'>): MakeFolder {
  return (folder, name, location, label) => {
    let made = false
    if (context.undoable)
      context.onUndo(async () => {
        if (!made) return
        space.leftovers.add(location)
        await Promise.resolve(removeLeftovers(space, location, label))
      })
    // One made by somebody else in this very moment is as good, and theirs.
    made = tried('EEXIST', () => mkdirSync(folder.at(name)))
  }
}

/**
 * Removes the folder at a location if an undo left it there, and the ones above as far as that goes.
 *
 * Operations that run side by side share the parents one of them made; whichever is undone last finds them empty.
 */
export function removeLeftovers(space: Roots, location: string, label: string): void {
  if (!space.leftovers.has(location)) return
  try {
    if (!removeIfEmpty(space, location)) return
  } catch (error) {
    throw pathFailure(label, error)
  }
  space.leftovers.delete(location)
  removeLeftovers(space, dirname(location), label)
}

function removeIfEmpty(space: Roots, location: string): boolean {
  const target = orOnCode(['ENOENT', 'ENOTDIR', 'ELOOP'], undefined, () =>
    findTarget(space, location, location, { links: 'none', purpose: 'change' }),
  )
  if (target === undefined) return true
  try {
    return tried(['ENOTEMPTY', 'EEXIST', 'ENOTDIR'], () => void tried('ENOENT', () => rmdirSync(target.folder.at(target.name))))
  } finally {
    target.folder.release()
  }
}

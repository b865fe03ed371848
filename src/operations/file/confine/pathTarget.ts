import { accessSync, constants } from 'node:fs'
import { dirname } from 'node:path'
import { errorCode, tried } from '../../../system/errorCode.js'
import type { HeldFolder } from './heldFolder.js'
import { isMountPoint, mountsIn } from './mounts.js'
import { folderForbids, holdsMount, holdsReserved, isRootFolder, systemRefusal } from './refusals.js'
import { reservedWithin } from './reserved.js'
import { findTarget, type PathTarget, type WalkOptions } from './findTarget.js'
import { holds, slashed, type Roots } from './roots.js'
import { absolutePath, labelOf } from './spelling.js'
import { isOutOfDescriptors, whenDescriptorsAreFree } from './whenDescriptorsAreFree.js'
import { pathFailure, withPathErrors } from './withPathErrors.js'

/**
 * Finds what a path of a plan names and holds its folder while it is used. Errors tell of the path as the plan names it.
 *
 * Without a free descriptor for a file it waits, and begins anew: what has begun to change something must not let EMFILE through.
 */
export function withTarget<A>(
  space: Roots,
  path: string,
  options: WalkOptions & { readonly signal: AbortSignal },
  use: (target: PathTarget) => Promise<A>,
): Promise<A> {
  const work = async (): Promise<A> => {
    const label = labelOf(space, path)
    try {
      return await useTarget(findTarget(space, absolutePath(space, path), label, options), use)
    } catch (error) {
      throw isOutOfDescriptors(error) ? error : pathFailure(label, error)
    }
  }
  return withPathErrors(path, whenDescriptorsAreFree(options.signal, work))
}

/** Uses a target and releases it; what the system refuses because of the folder says so. */
export async function useTarget<A>(target: PathTarget, use: (target: PathTarget) => Promise<A>): Promise<A> {
  try {
    return await use(target)
  } catch (error) {
    throw refusedByFolder(target, error)
  } finally {
    target.folder.release()
  }
}

/** An error that says nothing of its reason, as one that does. */
export function refusedByFolder({ folder, label, location }: PathTarget, thrown: unknown): unknown {
  const code = errorCode(thrown)
  // No retry makes it another thing than a mount point.
  if (code === 'EBUSY' && isMountPoint(location)) return holdsMount(label, label, 'replaced, renamed or removed')
  if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') return thrown
  const mayChange = tried(['EACCES', 'EPERM', 'EROFS'], () => accessSync(folder.at('.'), constants.W_OK | constants.X_OK))
  return mayChange ? thrown : folderForbids(code, label, slashed(dirname(label)))
}

/** Holds the folder that is at a target while it is used. */
export async function withFolder<A>({ folder, name, label }: PathTarget, use: (folder: HeldFolder) => Promise<A>): Promise<A> {
  const inside = enterFolder(folder, name, label)
  try {
    return await use(inside)
  } finally {
    inside.release()
  }
}

function enterFolder(folder: HeldFolder, name: string, label: string): HeldFolder {
  try {
    return folder.enter(name)
  } catch (error) {
    throw errorCode(error) === 'ENOTDIR' ? systemRefusal('ENOTDIR', label, 'is a file. Name a folder.') : error
  }
}

/** Refuses to touch as a whole what is or holds a root, or is where something reserved belongs. */
export function refuseVital(space: Roots, { location, label }: PathTarget, verb: string): void {
  const realRoots = space.realRoots()
  if (realRoots.roots.some((root) => holds(location, root))) throw isRootFolder(label)
  const reserved = reservedWithin(realRoots, location)
  if (reserved !== undefined) throw holdsReserved(label, reserved, verb)
}

/** Refuses to empty, replace or rename a folder in which something else is mounted: what is in there is not the folder's own. */
export function refuseMounts({ location, label }: PathTarget, verb: string): void {
  const [mount] = mountsIn(location)
  if (mount !== undefined) throw holdsMount(label, label + slashed(mount.slice(location.length)), verb)
}

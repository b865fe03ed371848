// operations/file/write: changes of what is at a path: one at a time, whole or not at all, and how they are taken back
import { createHash } from 'node:crypto'
import { withLocks } from '../../../system/lock/withLocks.js'
import { bytesOfName, foldedName } from '../confine/fileName.js'
import type { PathTarget } from '../confine/findTarget.js'
import { shownPath } from '../confine/shownPath.js'

/**
 * Does something while no other operation of this user on this machine changes what is at these targets.
 *
 * A target is known by the folder that holds it, by whatever path that was reached, and by its name as no disk tells it from another.
 */
export function lockTargets<A>(targets: readonly PathTarget[], signal: AbortSignal | undefined, use: () => Promise<A>): Promise<A> {
  const label = targets.map((target) => shownPath(target.label)).join(', ')
  return withLocks(targets.map(keyOf), { label, signal }, use)
}

/** The same for a file that is changed without a rename: it may have other names, and other mounts. */
export function lockFile<A>(id: string, label: string, signal: AbortSignal | undefined, use: () => Promise<A>): Promise<A> {
  return withLocks([`file-${id}`], { label: shownPath(label), signal }, use)
}

function keyOf({ folder, name }: PathTarget): string {
  return `${folder.id}-${createHash('sha1')
    .update(bytesOfName(foldedName(name)))
    .digest('hex')
    .slice(0, 20)}`
}

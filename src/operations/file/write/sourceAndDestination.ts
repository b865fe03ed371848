import { codedError, errorCode } from '../../../system/errorCode.js'
import { exactStatsAt, statsAt, type FolderEntry } from '../confine/entry.js'
import { fileIdOf } from '../confine/heldFolder.js'
import { refuseMounts, refuseVital, withTarget } from '../confine/pathTarget.js'
import { refuseGitIn } from '../tree/refuseGitIn.js'
import { alreadyThere, ontoItself } from '../confine/refusals.js'
import type { MakeFolder, PathTarget } from '../confine/findTarget.js'
import { holds, type Roots } from '../confine/roots.js'
import { absolutePath, labelOf } from '../confine/spelling.js'
import { renameIntoNew, renameOver } from './renameInto.js'

interface FromTo {
  readonly path: string
  readonly destination: string
  readonly verb: 'copied' | 'moved'
  readonly makeFolder: MakeFolder
  readonly signal: AbortSignal
}

/** Finds where something is and where it is to go. Neither may hold the other. */
export function withSourceAndDestination<A>(
  space: Roots,
  { path, destination, verb, makeFolder, signal }: FromTo,
  use: (from: PathTarget, to: PathTarget) => Promise<A>,
): Promise<A> {
  const source = { links: 'parents', purpose: verb === 'copied' ? 'read' : 'change', signal } as const
  return withTarget(space, path, source, (from) => {
    const found = exactStatsAt(from)
    if (found === undefined) throw codedError('ENOENT', 'nothing there')
    // By their text first, before folders are made on the way into the source itself; then by which folders they are.
    if (holds(absolutePath(space, path), absolutePath(space, destination))) throw ontoItself(from.label, labelOf(space, destination), verb)
    return withTarget(space, destination, { links: 'parents', purpose: 'change', makeFolder, signal }, (to) => {
      if (meet(from, to, fileIdOf(found))) throw ontoItself(from.label, to.label, verb)
      refuseVital(space, to, 'overwritten')
      refuseGitIn(space, to, 'overwritten', signal)
      return use(from, to)
    })
  })
}

/** Whether one of the two is the other, or holds it, by whatever paths they were reached. */
function meet(from: PathTarget, to: PathTarget, fromId: string): boolean {
  if (holds(from.location, to.location) || holds(to.location, from.location)) return true
  if (from.folder.id === to.folder.id && from.name === to.name) return true
  const there = exactStatsAt(to)
  return to.above.includes(fromId) || (there?.isDirectory() === true && from.above.includes(fileIdOf(there)))
}

/** Moves something to its destination; nothing is replaced unless that is asked for. */
export async function settleAt(space: Roots, from: FolderEntry, to: PathTarget, overwrite: boolean): Promise<void> {
  if (overwrite) {
    if (statsAt(to)?.isDirectory()) refuseMounts(to, 'overwritten')
    return renameOver(space, from, to)
  }
  if (statsAt(to) !== undefined) throw destinationTaken(to)
  try {
    renameIntoNew(from, to)
  } catch (error) {
    throw errorCode(error) === 'EEXIST' ? destinationTaken(to) : error
  }
}

export function destinationTaken({ label }: PathTarget) {
  return alreadyThere(label, 'Set overwrite: true to replace it as a whole.')
}

import { codedError, errorCode } from '../../../system/errorCode.js'
import { refuseVital, statsAt, withPlace } from '../confine/pathTarget.js'
import { alreadyThere, ontoItself } from '../confine/refusals.js'
import { renameIntoNew, renameOver } from './renameInto.js'
import { absolutePath, holds, labelOf, type Roots } from '../confine/roots.js'
import type { MakeFolder, Place, Spot } from '../confine/resolvePath.js'

interface FromTo {
  readonly path: string
  readonly destination: string
  readonly verb: 'copied' | 'moved'
  readonly makeFolder: MakeFolder
}

/** Finds where something is and where it is to go. Neither may hold the other. */
export function withSourceAndDestination<A>(
  space: Roots,
  { path, destination, verb, makeFolder }: FromTo,
  use: (from: Place, to: Place) => Promise<A>,
): Promise<A> {
  return withPlace(space, path, { links: 'parents' }, async (from) => {
    if ((await statsAt(from)) === undefined) throw codedError('ENOENT', 'nothing there')
    // By their text first, before folders are made on the way into the source itself; then by where they really are.
    if (holds(absolutePath(space, path), absolutePath(space, destination))) throw ontoItself(from.label, labelOf(space, destination), verb)
    return withPlace(space, destination, { links: 'parents', makeFolder }, async (to) => {
      if (holds(from.location, to.location) || holds(to.location, from.location)) throw ontoItself(from.label, to.label, verb)
      await refuseVital(space, to, 'overwritten')
      return use(from, to)
    })
  })
}

/** Moves something to its destination; nothing is replaced unless that is asked for. */
export async function settleAt(from: Spot, to: Place, overwrite: boolean): Promise<void> {
  if (overwrite) return renameOver(from, to)
  if ((await statsAt(to)) !== undefined) throw destinationTaken(to)
  await renameIntoNew(from, to).catch((thrown: unknown) => {
    throw errorCode(thrown) === 'EEXIST' ? destinationTaken(to) : thrown
  })
}

export function destinationTaken({ label }: Place) {
  return alreadyThere(label, 'Set overwrite: true to replace it as a whole.')
}

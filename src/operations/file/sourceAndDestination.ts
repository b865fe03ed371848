import { codedError, errorCode } from './errorCode.js'
import { refuseVital, statsAt, withPlace } from './place.js'
import { alreadyThere, ontoItself } from './refusals.js'
import { putNew, putOver } from './settle.js'
import { absolutePath, holds, labelOf, type Space } from './space.js'
import type { MakeFolder, Place, Spot } from './walk.js'

interface FromTo {
  readonly path: string
  readonly destination: string
  readonly verb: 'copied' | 'moved'
  readonly makeFolder: MakeFolder
}

/** Finds where something is and where it is to go. Neither may hold the other. */
export function withSourceAndDestination<A>(
  space: Space,
  { path, destination, verb, makeFolder }: FromTo,
  use: (from: Place, to: Place) => Promise<A>,
): Promise<A> {
  return withPlace(space, path, { links: 'parents' }, async (from) => {
    if ((await statsAt(from)) === undefined) throw codedError('ENOENT', 'nothing there')
    // By their text first, before folders are made on the way into the source itself; then by where they really are.
    refuseNested(absolutePath(space, path), absolutePath(space, destination), from.label, labelOf(space, destination), verb)
    return withPlace(space, destination, { links: 'parents', makeFolder }, async (to) => {
      refuseNested(from.location, to.location, from.label, to.label, verb)
      await refuseVital(space, to, 'overwritten')
      return use(from, to)
    })
  })
}

function refuseNested(from: string, to: string, label: string, destination: string, verb: FromTo['verb']): void {
  if (holds(from, to) || holds(to, from)) throw ontoItself(label, destination, verb)
}

/** Moves something to its destination; nothing is replaced unless that is asked for. */
export async function settleAt(from: Spot, to: Place, overwrite: boolean): Promise<void> {
  if (overwrite) return putOver(from, to)
  if ((await statsAt(to)) !== undefined) throw destinationTaken(to)
  await putNew(from, to).catch((thrown: unknown) => {
    throw errorCode(thrown) === 'EEXIST' ? destinationTaken(to) : thrown
  })
}

export function destinationTaken({ label }: Place) {
  return alreadyThere(label, 'Set overwrite: true to replace it as a whole.')
}

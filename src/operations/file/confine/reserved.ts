import { lstatSync } from 'node:fs'
import { orOnCode } from '../../../system/errorCode.js'
import { systemName } from './fileName.js'
import { fileIdOf } from './heldFolder.js'
import { folded, holds, type RealRoots, type Reserved } from './roots.js'

/** The reserved path that a location lies in, if any. */
export function reservedAround({ reserved }: RealRoots, location: string): string | undefined {
  return reserved.find((path) => lies(path, location))?.name
}

function lies({ location, isPrefix }: Reserved, inner: string): boolean {
  // What an undo keeps lies in the folder for temporary files, which a root may hold.
  return isPrefix ? folded(inner).startsWith(folded(location)) : holds(location, inner)
}

/** The reserved path that lies in a location, if any, whether or not there is anything. */
export function reservedWithin({ reserved }: RealRoots, location: string): string | undefined {
  return reserved.find((path) => holds(location, path.location))?.name
}

/** The reserved path that a file or folder is, by whatever path it was reached: another mount of it, or a name in other letters. */
export function reservedById(realRoots: RealRoots, id: string): string | undefined {
  return idsOf(realRoots).get(id)
}

const known = new WeakMap<RealRoots, ReadonlyMap<string, string>>()

/** Looked up again in each turn of the event loop: a folder that was not there may be by then. */
function idsOf(realRoots: RealRoots): ReadonlyMap<string, string> {
  const kept = known.get(realRoots)
  if (kept !== undefined) return kept
  const ids = new Map(realRoots.reserved.flatMap(({ name, location }) => idAt(location).map((id) => [id, name] as const)))
  known.set(realRoots, ids)
  setImmediate(() => known.delete(realRoots)).unref()
  return ids
}

function idAt(location: string): readonly string[] {
  const look = () => lstatSync(systemName(location), { bigint: true, throwIfNoEntry: false })
  const stats = orOnCode(['EACCES', 'ELOOP', 'ENAMETOOLONG'], undefined, look)
  return stats === undefined ? [] : [fileIdOf(stats)]
}

import { dirname, join, basename, resolve } from 'node:path'
import { notYetKnown, type NotYetKnown, type Touch } from '../../../model/effects.js'
import { OperationFailure } from '../../../model/operationError.js'
import { knownFolder, keptATurn, knownPath } from './knownPath.js'
import { folded, slashed, type Roots } from './roots.js'
import { absolutePath } from './spelling.js'

/** What an operation touches at a path: the place itself, and the links that lead to it as the disk is now. */
export interface PathTouches {
  readonly place: Touch
  readonly links: readonly Touch[]
}

/** Any file at all: for a path that is not known before the run. */
const anywhere: PathTouches = { place: { resource: 'file:', orderOnly: true }, links: [] }

/**
 * What an operation touches, by what the folders on the way are and not by how the path is written: through links, by another
 * spelling of a root, by another mount of a folder. `followsLast` says whether a link at the end is followed too.
 */
export function touchesAt(space: Roots, path: string | NotYetKnown, followsLast: boolean): PathTouches {
  if (path === notYetKnown) return anywhere
  const absolute = absolutePathNow(space, path)
  return followsLast ? touchedThrough(space, absolute) : touched(space, absolute, false)
}

const seenTouches = keptATurn<PathTouches>()

/** A plan asks for it when it is read and when its order is explained, and many programs work in one folder. */
function touchedThrough(space: Roots, absolute: string): PathTouches {
  const seen = seenTouches(space)
  const known = seen.get(absolute) ?? touched(space, absolute, true)
  seen.set(absolute, known)
  return known
}

function touched(space: Roots, absolute: string, followsLast: boolean): PathTouches {
  const above = dirname(absolute)
  if (above === absolute) return { place: touch(absolute), links: [] }
  const folder = knownFolder(space, above)
  const entry = join(folder.path, basename(absolute))
  const { path: place, links } = followsLast ? knownPath(space, entry, folder.links) : { path: entry, links: folder.links }
  return { place: touch(place), links: links.map(touch) }
}

function touch(path: string): Touch {
  const resource = slashed(folded(path))
  return { resource: `file:${resource === '/' ? '' : resource}` }
}

/** Before the run a root may be missing: then the text of the path is all there is to go by. */
function absolutePathNow(space: Roots, path: string): string {
  try {
    return absolutePath(space, path)
  } catch (error) {
    if (error instanceof OperationFailure) return resolve(space.roots[0] ?? '/', path)
    throw error
  }
}

import { lstatSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { orOnCode } from '../../../system/errorCode.js'
import { systemName } from './fileName.js'
import { fileIdOf } from './heldFolder.js'
import { holds, realPathOf, slashed, type RealRoots, type Roots } from './roots.js'

/**
 * A path of a plan, absolute, with `.` and `..` resolved in its text alone.
 *
 * One that lies in a root by what its folders are, though not by its text, is given as the roots spell it: through a link to the root,
 * by the root's real path when the root was given by a link, by another mount of it.
 */
export function absolutePath(space: Roots, path: string): string {
  const absolute = resolve(space.roots[0] ?? sep, path)
  if (space.roots.some((root) => holds(root, absolute))) return absolute
  return orOnCode(absentCodes, undefined, () => spelledByRoots(space, space.realRoots(), absolute)) ?? absolute
}

const absentCodes = ['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP', 'ENAMETOOLONG']

function spelledByRoots(space: Roots, { roots }: RealRoots, path: string): string | undefined {
  const given = roots.findIndex((root) => holds(root, path))
  if (given !== -1) return join(space.roots[given]!, relative(roots[given]!, path))
  const [above, rest] = existingPart(path)
  const real = realPathOf(above)
  const inside = roots.findIndex((root) => holds(root, real))
  if (inside !== -1) return join(space.roots[inside]!, relative(roots[inside]!, real), rest)
  const ids = roots.map((root) => folderId(root))
  for (let folder = real; ; folder = dirname(folder)) {
    const same = ids.indexOf(folderId(folder) ?? 'none')
    if (same !== -1) return join(space.roots[same]!, relative(folder, real), rest)
    if (folder === dirname(folder)) return undefined
  }
}

/** The part of a path that is there, and the rest of it. */
function existingPart(path: string): readonly [string, string] {
  let above = path
  let rest = ''
  while (above !== dirname(above) && statsOf(above) === undefined) {
    rest = join(basename(above), rest)
    above = dirname(above)
  }
  return [above, rest]
}

function statsOf(path: string) {
  return orOnCode(absentCodes, undefined, () => lstatSync(systemName(path), { bigint: true, throwIfNoEntry: false }))
}

function folderId(path: string): string | undefined {
  const stats = statsOf(path)
  return stats?.isDirectory() ? fileIdOf(stats) : undefined
}

/** How results name a path so that it can be used again: relative in the first root, absolute in the others. */
export function labelOf(space: Roots, path: string): string {
  const absolute = absolutePath(space, path)
  const [first] = space.roots
  return slashed(first !== undefined && holds(first, absolute) ? relative(first, absolute) || '.' : absolute)
}

/** Whether an absolute path lies in a root. */
export function isInside(space: Roots, path: string): boolean {
  const absolute = absolutePath(space, path)
  return space.roots.some((root) => holds(root, absolute))
}

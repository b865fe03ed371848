import { lstatSync, readlinkSync } from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { orOnCode } from '../../../system/errorCode.js'
import { nameOfBytes, systemName } from './fileName.js'
import { fileIdOf } from './heldFolder.js'
import { holds, realPathOf, type Roots } from './roots.js'
import { absolutePath } from './spelling.js'

/** The one path that a place is known by, and the links that were passed on the way to it. */
export interface KnownPath {
  readonly path: string
  readonly links: readonly string[]
  /** Nothing is there, so nothing is below it either. */
  readonly isMissing?: true
}

/** No system takes a longer path. */
const longestPath = 4_096

/** Keeps what was seen in this turn of the event loop: a plan of many operations in few places looks each of them up once. */
export function keptATurn<A>(): (space: Roots) => Map<string, A> {
  const kept = new WeakMap<Roots, Map<string, A>>()
  return (space) => {
    const known = kept.get(space)
    if (known !== undefined) return known
    const fresh = new Map<string, A>()
    kept.set(space, fresh)
    setImmediate(() => kept.delete(space)).unref()
    return fresh
  }
}

const seenFolders = keptATurn<KnownPath>()

/** The path a folder is known by, whether or not it is there. */
export function knownFolder(space: Roots, folder: string): KnownPath {
  const seen = seenFolders(space)
  const known = seen.get(folder)
  if (known !== undefined) return known
  const found = lookUp(space, folder, seen)
  seen.set(folder, found)
  return found
}

function lookUp(space: Roots, folder: string, seen: Map<string, KnownPath>): KnownPath {
  if (space.roots.includes(folder)) return knownPath(space, folder, [], false)
  if (folder.length > longestPath || !space.roots.some((root) => holds(root, folder))) return { path: folder, links: [] }
  const above = seen.get(dirname(folder)) ?? aboveFrom(space, folder)
  if (above.isMissing) return { path: `${above.path}${sep}${basename(folder)}`, links: above.links, isMissing: true }
  return knownPath(space, join(above.path, basename(folder)), above.links)
}

/**
 * The folder above one in a root, looked for from the root on. What is below a folder that is not there is not looked at: each
 * folder on a way of hundreds would be known by its whole path.
 */
function aboveFrom(space: Roots, folder: string): KnownPath {
  const above = dirname(folder)
  const root = space.roots.filter((one) => above.startsWith(`${one}${sep}`)).reduce((a, b) => (a.length > b.length ? a : b), '')
  if (root === '') return knownFolder(space, above)
  for (let end = above.indexOf(sep, root.length + 1); end >= 0; end = above.indexOf(sep, end + 1)) {
    const known = knownFolder(space, above.slice(0, end))
    if (known.isMissing) return { ...known, path: `${known.path}${above.slice(end)}` }
  }
  return knownFolder(space, above)
}

/** The path that something in a known folder is known by. A root's own path is known by how it is given. */
export function knownPath(space: Roots, path: string, links: readonly string[], followsLink = true): KnownPath {
  const stats = followsLink ? statsOf(path) : statsOf(rootOf(path))
  if (stats?.isDirectory()) return { path: pathOfFolder(space, fileIdOf(stats), path), links }
  if (stats === undefined) return { path, links, isMissing: true }
  if (!followsLink || !stats.isSymbolicLink()) return { path, links }
  const passed = [...links, path]
  const real = orOnCode(goneCodes, undefined, () => realPathOf(path))
  if (real === undefined) return { path: danglingTarget(path), links: passed }
  // Without links by now, and spelt as the roots are: what is left is another mount of the same folder.
  const spelled = absolutePath(space, real)
  const above = knownFolder(space, dirname(spelled))
  const target = join(above.path, basename(spelled))
  const at = statsOf(target)
  return { path: at?.isDirectory() ? pathOfFolder(space, fileIdOf(at), target) : target, links: passed }
}

const goneCodes = ['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP', 'ENAMETOOLONG']

function rootOf(path: string): string {
  return orOnCode(goneCodes, path, () => realPathOf(path))
}

function statsOf(path: string) {
  return orOnCode(goneCodes, undefined, () => lstatSync(systemName(path), { bigint: true, throwIfNoEntry: false }))
}

/** A link that leads to nothing is where a write through it makes something. */
function danglingTarget(path: string): string {
  return orOnCode([...goneCodes, 'EINVAL'], path, () => resolve(dirname(path), nameOfBytes(readlinkSync(systemName(path), 'buffer'))))
}

const mostKnown = 10_000

/** The first path by which a folder was seen, as long as it is there. */
function pathOfFolder({ knownFolders }: Roots, id: string, path: string): string {
  const first = knownFolders.get(id)
  if (first === path) return path
  if (first !== undefined) {
    const stats = statsOf(first)
    if (stats?.isDirectory() && fileIdOf(stats) === id) return first
  }
  if (knownFolders.size >= mostKnown) knownFolders.clear()
  knownFolders.set(id, path)
  return path
}

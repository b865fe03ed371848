import { readlinkSync } from 'node:fs'
import { dirname, isAbsolute, join, normalize, relative, sep } from 'node:path'
import { codedError, errorCode, orOnCode } from '../../../system/errorCode.js'
import { exactStatsAt, type FolderEntry } from './entry.js'
import { nameOfBytes } from './fileName.js'
import { fileIdOf, type HeldFolder } from './heldFolder.js'
import { refuseGit, refuseGitName } from './refuseGit.js'
import { leadsOutside, outsideRoots, reservedPath, rootExchanged, systemRefusal } from './refusals.js'
import { reservedAround, reservedById } from './reserved.js'
import { holds, type RealRoots, type Roots } from './roots.js'
import { absolutePath, labelOf } from './spelling.js'

/** What a path of a plan names. Its folder is held: system calls go through `folder.at(name)`. */
export interface PathTarget extends FolderEntry {
  /** Absolute, with no link in it. */
  readonly location: string
  /** The path as results and errors name it. */
  readonly label: string
  /** The ids of the folders it lies in, from the root to the one that holds it. */
  readonly above: readonly string[]
}

export type MakeFolder = (folder: HeldFolder, name: string, location: string, label: string) => void

export interface WalkOptions {
  /** Links that stay inside the roots: followed wherever they are, everywhere but at the end, or nowhere. */
  readonly links: 'all' | 'parents' | 'none'
  /** What is to be done there: some places are only read. */
  readonly purpose: 'read' | 'change'
  /** Makes a folder that is missing on the way. Without it, that is an error. */
  readonly makeFolder?: MakeFolder
}

interface Trail {
  readonly realRoots: RealRoots
  readonly label: string
  readonly options: WalkOptions
  root: string
  folder: HeldFolder
  above: string[]
  walked: string[]
  ahead: string[]
  hops: number
}

const mostHops = 40

/**
 * Walks from a root to what an absolute path names, one folder at a time, each opened in the one before without following
 * a link. A link is read, and its target walked in the same way: so no swap at any moment leads out of the roots.
 *
 * The caller releases the folder of the target.
 */
export function findTarget(space: Roots, path: string, label: string, options: WalkOptions): PathTarget {
  const realRoots = space.realRoots()
  const start = startOf(space, realRoots, path)
  if (start === undefined) throw outsideRoots(space, label)
  // Before folders are made on the way there.
  if (options.purpose === 'change')
    start.ahead.forEach((_, place) => refuseGitName(space, label, join(start.root, ...start.ahead.slice(0, place + 1))))
  const folder = holdRoot(space, realRoots, start.root)
  const trail: Trail = { realRoots, label, options, ...start, folder, above: [folder.id], walked: [], hops: 0 }
  let target: PathTarget | undefined
  try {
    while (target === undefined) target = step(space, trail)
    return target
  } finally {
    if (target === undefined) trail.folder.release()
  }
}

/** The root to start from, and the names to walk from there. Of roots within roots the outermost, where no link can be swapped in. */
function startOf(space: Roots, { roots }: RealRoots, path: string): { root: string; ahead: string[] } | undefined {
  const absolute = absolutePath(space, path)
  const given = space.roots.findIndex((root) => holds(root, absolute))
  if (given === -1) return undefined
  const real = join(roots[given]!, absolute.slice(space.roots[given]!.length))
  const root = roots.filter((candidate) => holds(candidate, real)).reduce((a, b) => (b.length < a.length ? b : a))
  return { root, ahead: namesOf(relative(root, real)) }
}

function step(space: Roots, trail: Trail): PathTarget | undefined {
  const { folder, label, options, realRoots, above } = trail
  const name = trail.ahead.shift()
  if (name === undefined) {
    const last = trail.walked.at(-1)
    if (last === undefined) return { folder, name: '.', location: trail.root, label, above }
    // A link led to this very folder: its entry is in the folder above.
    restart(space, trail, trail.root, trail.walked)
    return undefined
  }
  if (name === '..') {
    climb(space, trail)
    return undefined
  }
  const location = join(trail.root, ...trail.walked, name)
  const reserved = reservedAround(realRoots, location)
  if (reserved !== undefined) throw reservedPath(label, reserved)
  const change = options.purpose === 'change'
  if (change) refuseGitName(space, label, location)

  if (trail.ahead.length === 0) {
    const stats = exactStatsAt({ folder, name })
    if (stats !== undefined) refuseReserved(trail, fileIdOf(stats))
    if (change) refuseGit(space, { label, location, above: stats === undefined ? above : [...above, fileIdOf(stats)] })
    const target = options.links === 'all' && stats?.isSymbolicLink() ? linkTarget(folder, name) : undefined
    if (target === undefined) return { folder, name, location, label, above }
    follow(space, trail, target, location)
    return undefined
  }
  const next = enter(space, trail, name, location)
  if (typeof next === 'string') follow(space, trail, next, location)
  else {
    trail.folder = next
    folder.release()
    refuseReserved(trail, next.id)
    trail.walked.push(name)
    trail.above.push(next.id)
  }
  return undefined
}

/** Holds a root, which has to be the folder that it was at the start. */
function holdRoot(space: Roots, { ids }: RealRoots, root: string): HeldFolder {
  const folder = space.hold(root)
  if (folder.id === ids.get(root)) return folder
  folder.release()
  throw rootExchanged(root)
}

function refuseReserved({ realRoots, label }: Trail, id: string): void {
  const reserved = reservedById(realRoots, id)
  if (reserved !== undefined) throw reservedPath(label, reserved)
}

/** The folder of this name, or where the link of this name leads. */
function enter(
  space: Roots,
  { folder, options: { makeFolder }, label, above }: Trail,
  name: string,
  location: string,
): HeldFolder | string {
  const first = orCode(() => folder.enter(name))
  if (first === 'ENOENT' && makeFolder !== undefined) {
    refuseGit(space, { label, location, above })
    makeFolder(folder, name, location, label)
    return folder.enter(name)
  }
  if (typeof first === 'object') return first
  const target = first === 'ENOENT' ? undefined : linkTarget(folder, name)
  // Not a link: entering it again says what is wrong, or succeeds if it was exchanged for a folder just now.
  return target ?? folder.enter(name)
}

function orCode<A>(call: () => A): A | string {
  try {
    return call()
  } catch (error) {
    const code = errorCode(error)
    if (code === 'ENOENT' || code === 'ELOOP' || code === 'ENOTDIR') return code
    throw error
  }
}

/** Where a link leads, or undefined for what is no link. */
function linkTarget(folder: HeldFolder, name: string): string | undefined {
  return orOnCode(['EINVAL', 'ENOENT', 'UNKNOWN'], undefined, () => nameOfBytes(readlinkSync(folder.at(name), 'buffer')))
}

function follow(space: Roots, trail: Trail, target: string, location: string): void {
  if (trail.options.links === 'none') throw codedError('ELOOP', `${location} is a link`)
  trail.hops += 1
  if (trail.hops > mostHops) throw systemRefusal('ELOOP', trail.label, `is not reached: more than ${mostHops} links follow one another.`)
  if (!isAbsolute(target)) {
    trail.ahead.unshift(...namesOf(target))
    return
  }
  const start = startOf(space, trail.realRoots, trimmed(normalize(target)))
  if (start === undefined) throw leadsOutside(space, trail.label, labelOf(space, location))
  restart(space, trail, start.root, [...start.ahead, ...trail.ahead])
}

/** Follows a `..` of a link's target. Links before it have been followed: this is the folder above where they led. */
function climb(space: Roots, trail: Trail): void {
  if (trail.walked.length > 0) return restart(space, trail, trail.root, [...trail.walked.slice(0, -1), ...trail.ahead])
  const start = startOf(space, trail.realRoots, join(dirname(trail.root), ...trail.ahead))
  if (start === undefined) throw leadsOutside(space, trail.label, trail.label)
  restart(space, trail, start.root, start.ahead)
}

function restart(space: Roots, trail: Trail, root: string, ahead: readonly string[]): void {
  const left = trail.folder
  trail.folder = holdRoot(space, trail.realRoots, root)
  left.release()
  trail.root = root
  trail.above = [trail.folder.id]
  trail.walked = []
  trail.ahead = [...ahead]
}

function namesOf(path: string): string[] {
  return path.split(sep).filter((name) => name !== '' && name !== '.')
}

function trimmed(path: string): string {
  return path.length > 1 && path.endsWith(sep) ? path.slice(0, -1) : path
}

import { readlink } from 'node:fs/promises'
import { dirname, isAbsolute, join, normalize, relative, sep } from 'node:path'
import { codedError, errorCode, onCode } from '../../../system/errorCode.js'
import type { HeldFolder } from './heldFolder.js'
import { leadsOutside, outsideRoots, reservedPath, systemRefusal } from './refusals.js'
import { holds, labelOf, reservedAround, type RealRoots, type Roots } from './roots.js'

/** Something that is or may be in a held folder. */
export interface Spot {
  readonly folder: HeldFolder
  /** `.` for a root folder itself. */
  readonly name: string
}

/** Where a path of a plan really is. Its folder is held: system calls go through `folder.at(name)`. */
export interface Place extends Spot {
  /** Absolute, with no link in it. */
  readonly location: string
  /** The path as results and errors name it. */
  readonly label: string
}

export type MakeFolder = (folder: HeldFolder, name: string, location: string, label: string) => Promise<void>

export interface WalkOptions {
  /** Links that stay inside the roots: followed wherever they are, everywhere but at the end, or nowhere. */
  readonly links: 'all' | 'parents' | 'none'
  /** Makes a folder that is missing on the way. Without it, that is an error. */
  readonly makeFolder?: MakeFolder
}

interface Trail {
  readonly realRoots: RealRoots
  readonly label: string
  readonly options: WalkOptions
  root: string
  folder: HeldFolder
  walked: string[]
  ahead: string[]
  hops: number
}

const mostHops = 40

/**
 * Walks from a root to what an absolute path names, one folder at a time, each opened in the one before without following
 * a link. A link is read, and its target walked in the same way: so no swap at any moment leads out of the roots.
 *
 * The caller releases the folder of the place.
 */
export async function resolvePath(space: Roots, path: string, label: string, options: WalkOptions): Promise<Place> {
  const realRoots = await space.realRoots()
  const start = startOf(space, realRoots, path)
  if (start === undefined) throw outsideRoots(space, label)
  const trail: Trail = { realRoots, label, options, ...start, folder: await space.hold(start.root), walked: [], hops: 0 }
  let place: Place | undefined
  try {
    while (place === undefined) place = await step(space, trail)
    return place
  } finally {
    if (place === undefined) await trail.folder.release()
  }
}

/** The root to start from, and the names to walk from there. Of roots within roots the outermost, where no link can be swapped in. */
function startOf(space: Roots, { roots }: RealRoots, path: string): { root: string; ahead: string[] } | undefined {
  const given = [...space.roots, ...roots].findIndex((root) => holds(root, path))
  if (given === -1) return undefined
  const from = given < roots.length ? space.roots[given]! : roots[given - roots.length]!
  const real = join(roots[given % roots.length]!, path.slice(from.length))
  const root = roots.filter((candidate) => holds(candidate, real)).reduce((a, b) => (b.length < a.length ? b : a))
  return { root, ahead: namesOf(relative(root, real)) }
}

async function step(space: Roots, trail: Trail): Promise<Place | undefined> {
  const { folder, label, options } = trail
  const name = trail.ahead.shift()
  if (name === undefined) {
    const last = trail.walked.at(-1)
    if (last === undefined) return { folder, name: '.', location: trail.root, label }
    // A link led to this very folder: its place is in the folder above.
    await restart(space, trail, trail.root, trail.walked)
    return undefined
  }
  if (name === '..') {
    await climb(space, trail)
    return undefined
  }
  const location = join(trail.root, ...trail.walked, name)
  const reserved = reservedAround(trail.realRoots, location)
  if (reserved !== undefined) throw reservedPath(label, reserved)

  if (trail.ahead.length === 0) {
    const target = options.links === 'all' ? await linkTarget(folder, name) : undefined
    if (target === undefined) return { folder, name, location, label }
    await follow(space, trail, target, location)
    return undefined
  }
  const next = await enter(trail, name, location)
  if (typeof next === 'string') await follow(space, trail, next, location)
  else {
    trail.folder = next
    trail.walked.push(name)
    await folder.release()
  }
  return undefined
}

/** The folder of this name, or where the link of this name leads. */
async function enter({ folder, options: { makeFolder }, label }: Trail, name: string, location: string): Promise<HeldFolder | string> {
  const first = await folder.enter(name).catch(asCode)
  if (first === 'ENOENT' && makeFolder !== undefined) {
    await makeFolder(folder, name, location, label)
    return folder.enter(name)
  }
  if (typeof first === 'object') return first
  const target = first === 'ENOENT' ? undefined : await linkTarget(folder, name)
  // Not a link: entering it again tells what is wrong, or succeeds if it was exchanged for a folder just now.
  return target ?? folder.enter(name)
}

function asCode(thrown: unknown): string {
  const code = errorCode(thrown)
  if (code === 'ENOENT' || code === 'ELOOP' || code === 'ENOTDIR') return code
  throw thrown
}

/** Where a link leads, or undefined for what is no link. */
function linkTarget(folder: HeldFolder, name: string): Promise<string | undefined> {
  return readlink(folder.at(name)).catch(onCode(['EINVAL', 'ENOENT', 'UNKNOWN'], undefined))
}

async function follow(space: Roots, trail: Trail, target: string, location: string): Promise<void> {
  if (trail.options.links === 'none') throw codedError('ELOOP', `${location} is a link`)
  trail.hops += 1
  if (trail.hops > mostHops) throw systemRefusal('ELOOP', trail.label, `is not reached: more than ${mostHops} links follow one another.`)
  if (!isAbsolute(target)) {
    trail.ahead.unshift(...namesOf(target))
    return
  }
  const start = startOf(space, trail.realRoots, trimmed(normalize(target)))
  if (start === undefined) throw leadsOutside(space, trail.label, labelOf(space, location))
  await restart(space, trail, start.root, [...start.ahead, ...trail.ahead])
}

/** Follows a `..` of a link's target. Links before it have been followed: this is the folder above where they led. */
async function climb(space: Roots, trail: Trail): Promise<void> {
  if (trail.walked.length > 0) return restart(space, trail, trail.root, [...trail.walked.slice(0, -1), ...trail.ahead])
  const start = startOf(space, trail.realRoots, join(dirname(trail.root), ...trail.ahead))
  if (start === undefined) throw leadsOutside(space, trail.label, trail.label)
  await restart(space, trail, start.root, start.ahead)
}

async function restart(space: Roots, trail: Trail, root: string, ahead: readonly string[]): Promise<void> {
  const left = trail.folder
  trail.folder = await space.hold(root)
  trail.root = root
  trail.walked = []
  trail.ahead = [...ahead]
  await left.release()
}

function namesOf(path: string): string[] {
  return path.split(sep).filter((name) => name !== '' && name !== '.')
}

function trimmed(path: string): string {
  return path.length > 1 && path.endsWith(sep) ? path.slice(0, -1) : path
}

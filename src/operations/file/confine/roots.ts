import { existsSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { onCode } from '../../../system/errorCode.js'
import { holdByPath } from './folderByPath.js'
import { holdByHandle, type HoldFolder } from './heldFolder.js'
import { withPathErrors } from './withPathErrors.js'

/** What the folder of each undo's backup is called, in the folder for temporary files. */
export const backupPrefix = 'millrace-undo-'

/** Where file operations may work. */
export interface Roots {
  /** Absolute; the first is where relative paths start. */
  readonly roots: readonly string[]
  readonly hold: HoldFolder
  /** The same as the disk has them: every link in the roots' own paths resolved. */
  readonly realRoots: () => Promise<RealRoots>
  /** Folders that a rolled-back operation made and could not remove while others' files were in them. */
  readonly leftovers: Set<string>
}

export interface RealRoots {
  /** In the order of the space's roots. */
  readonly roots: readonly string[]
  readonly reserved: readonly Reserved[]
}

export interface Reserved {
  /** As it was given. */
  readonly name: string
  readonly location: string
}

export interface SpaceOptions {
  readonly roots: readonly string[]
  /** What is out of reach besides `.millrace`: relative to each root, or absolute. */
  readonly reserved?: readonly string[]
}

export function rootsOf({ roots, reserved = [] }: SpaceOptions, hold: HoldFolder = defaultHold()): Roots {
  const absolute = roots.map((root) => resolve(root))
  let known: RealRoots | undefined
  return {
    roots: absolute,
    hold,
    // Kept from the first use on: a root's own path is trusted, and stays what it was.
    realRoots: async () => (known ??= await resolveRoots(absolute, ['.millrace', ...reserved])),
    leftovers: new Set(),
  }
}

async function resolveRoots(roots: readonly string[], names: readonly string[]): Promise<RealRoots> {
  const real = await Promise.all(roots.map((root) => withPathErrors(root, realpath(root))))
  const backups = join(await realpath(tmpdir()), backupPrefix)
  const reserved = await Promise.all(names.map(async (name) => ({ name, locations: await locationsOf(name, roots, real) })))
  return {
    roots: real,
    reserved: [
      ...reserved.flatMap(({ name, locations }) => locations.map((location) => ({ name, location }))),
      { name: backups, location: backups },
    ],
  }
}

async function locationsOf(name: string, roots: readonly string[], real: readonly string[]): Promise<readonly string[]> {
  if (!isAbsolute(name)) return real.map((root) => join(root, name))
  const path = resolve(name)
  const inRoots = roots.flatMap((root, index) => (holds(root, path) ? [join(real[index]!, relative(root, path))] : []))
  return [path, ...inRoots, await realpath(path).catch(onCode(['ENOENT', 'ENOTDIR'], path))]
}

function defaultHold(): HoldFolder {
  return process.platform === 'linux' && existsSync('/proc/self/fd') ? holdByHandle : holdByPath
}

/** A path of a plan, absolute, with `.` and `..` resolved in its text alone. */
export function absolutePath(space: Roots, path: string): string {
  return resolve(space.roots[0] ?? sep, path)
}

/** How results name a path so that it can be used again: relative in the first root, absolute in the others. */
export function labelOf(space: Roots, path: string): string {
  const absolute = absolutePath(space, path)
  const [first] = space.roots
  return slashed(first !== undefined && holds(first, absolute) ? relative(first, absolute) || '.' : absolute)
}

/** Whether an absolute path lies in a root, by its text. */
export function isInside(space: Roots, { roots }: RealRoots, path: string): boolean {
  return [...space.roots, ...roots].some((root) => holds(root, path))
}

/** The reserved path that a location lies in, if any. */
export function reservedAround({ reserved }: RealRoots, location: string): string | undefined {
  return reserved.find((path) => holds(path.location, location) || isBackup(path, location))?.name
}

/** The reserved path that lies in a location, if any, whether or not there is anything. */
export function reservedWithin({ reserved }: RealRoots, location: string): string | undefined {
  return reserved.find((path) => holds(location, path.location))?.name
}

// What an undo keeps lies in the folder for temporary files, which a root may hold.
function isBackup({ location: path }: Reserved, location: string): boolean {
  return path.endsWith(backupPrefix) && location.startsWith(path)
}

/** Whether `inner` is `outer` or lies in it. Both absolute and normalised. */
export function holds(outer: string, inner: string): boolean {
  const [a, b] = [folded(outer), folded(inner)]
  return a === b || b.startsWith(a.endsWith(sep) ? a : a + sep)
}

// Where names differ by more than their case, a reserved path must not be reached by writing it in capitals.
const folds = process.platform === 'darwin' || process.platform === 'win32'
const folded = (path: string): string => (folds ? path.normalize('NFC').toLowerCase() : path)

export function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/')
}

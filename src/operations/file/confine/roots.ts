import { existsSync, realpathSync, statSync } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { tmpdir } from 'node:os'
import { orOnCode } from '../../../system/errorCode.js'
import { bytesOfName, nameOfBytes } from './fileName.js'
import { holdByPath } from './folderByPath.js'
import { fileIdOf, holdByHandle, type HoldFolder } from './heldFolder.js'
import { withPathErrorsNow } from './withPathErrors.js'

/** What the folder of each undo's backup is called, in the folder for temporary files. */
export const backupPrefix = 'millrace-undo-'

/** Where file operations may work. */
export interface Roots {
  /** Absolute; the first is where relative paths start. */
  readonly roots: readonly string[]
  /** Whether what Git keeps is only read. */
  readonly readOnlyGit: boolean
  readonly hold: HoldFolder
  /** The same as the disk has them: every link in the roots' own paths resolved. Throws when one is not there. */
  readonly realRoots: () => RealRoots
  /** Folders that a rolled-back operation made and could not remove while others' files were in them. */
  readonly leftovers: Set<string>
  /** By which path each folder that was seen is known. */
  readonly knownFolders: Map<string, string>
}

export interface RealRoots {
  /** In the order of the space's roots. */
  readonly roots: readonly string[]
  /** Which folder each of them is: what is put in its place later is none. */
  readonly ids: ReadonlyMap<string, string>
  readonly reserved: readonly Reserved[]
}

export interface Reserved {
  /** As it was given. */
  readonly name: string
  readonly location: string
  /** Whether longer names that begin with its own are meant. */
  readonly isPrefix?: true
}

export interface SpaceOptions {
  readonly roots: readonly string[]
  /** What is out of reach besides `.millrace`: relative to each root, or absolute. */
  readonly reserved?: readonly string[]
  /** Whether `.git`, wherever it is and wherever it leads, may be read and is never changed. */
  readonly readOnlyGit?: boolean
}

export function rootsOf({ roots, reserved = [], readOnlyGit = false }: SpaceOptions, hold: HoldFolder = holdOf()): Roots {
  const absolute = roots.map((root) => resolve(root))
  const look = (): RealRoots => resolveRoots(absolute, ['.millrace', ...reserved])
  // From the start on, or from the first use of one that is not there yet: a root stays the folder that it was.
  let known = absolute.every((root) => existsSync(root)) ? look() : undefined
  return {
    roots: absolute,
    readOnlyGit,
    hold,
    realRoots: () => (known ??= look()),
    leftovers: new Set(),
    knownFolders: new Map(),
  }
}

function resolveRoots(roots: readonly string[], names: readonly string[]): RealRoots {
  const real = roots.map((root) => withPathErrorsNow(root, () => realPathOf(root)))
  const temporary = tmpdir()
  const backups = join(
    orOnCode(['ENOENT', 'ENOTDIR', 'EACCES'], temporary, () => realPathOf(temporary)),
    backupPrefix,
  )
  return {
    roots: real,
    ids: new Map(real.map((root) => [root, fileIdOf(statSync(bytesOfName(root), { bigint: true }))])),
    reserved: [
      ...names.flatMap((name) => locationsOf(name, roots, real).map((location) => ({ name, location }))),
      { name: backups, location: backups, isPrefix: true },
    ],
  }
}

/** A path without links. */
export function realPathOf(path: string): string {
  return nameOfBytes(realpathSync.native(bytesOfName(path), 'buffer'))
}

function locationsOf(name: string, roots: readonly string[], real: readonly string[]): readonly string[] {
  if (!isAbsolute(name)) return real.map((root) => join(root, name))
  const path = resolve(name)
  const inRoots = roots.flatMap((root, index) => (holds(root, path) ? [join(real[index]!, relative(root, path))] : []))
  return [path, ...inRoots, orOnCode(['ENOENT', 'ENOTDIR'], path, () => realPathOf(path))]
}

/** How folders are held on this system. */
export function holdOf(): HoldFolder {
  return process.platform === 'linux' && existsSync('/proc/self/fd') ? holdByHandle : holdByPath
}

/** Whether `inner` is `outer` or lies in it. Both absolute and normalised. */
export function holds(outer: string, inner: string): boolean {
  const [a, b] = [folded(outer), folded(inner)]
  return a === b || b.startsWith(a.endsWith(sep) ? a : a + sep)
}

// Where names differ by more than their case, a reserved path must not be reached by writing it in capitals.
const folds = process.platform === 'darwin' || process.platform === 'win32'
export const folded = (path: string): string => (folds ? path.normalize('NFC').toLowerCase() : path)

export function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/')
}

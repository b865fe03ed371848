import { lstatSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { orOnCode } from '../../../system/errorCode.js'
import { fileIdOf } from './heldFolder.js'
import { foldedName, systemName } from './fileName.js'

/** What Git's own files are called. */
export const gitName = '.git'

/** Letters that some disks take no account of in a name: HFS+ has `.g\u200cit` for `.git`. */
const ignored = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu

/**
 * Whether a name is `.git` on some disk: in other letters, with what HFS+ ignores, or as NTFS has it (`git~1`, `.git.`, `.git::$DATA`).
 * The same names that Git itself keeps out of a work tree.
 */
export function isGitName(name: string): boolean {
  const plain = foldedName(name.replace(ignored, '')).replace(/[. ]*(?::.*)?$/, '')
  return plain === gitName || plain === 'git~1'
}

/** Whether a folder is where Git keeps a repository, as Git itself tells: also one of another name, which a `.git` elsewhere may lead to. */
export function isGitFolder(folder: string): boolean {
  return holdsRepository((name) => isThere(join(folder, name)))
}

/** The same by what there is in it. */
export function holdsRepository(has: (name: string) => boolean): boolean {
  return has('HEAD') && (has('commondir') || (has('objects') && has('refs')))
}

/**
 * The ids of what Git uses for the work tree that begins at a folder, by whatever name it is reached: where `.git` leads, as a link or
 * as a file that names it, the settings in there, and where the folder of hooks leads.
 */
export function gitIdsAt(workTree: string): readonly string[] {
  const entry = join(workTree, gitName)
  const stats = look(() => lstatSync(systemName(entry), { bigint: true, throwIfNoEntry: false }))
  if (stats === undefined) return []
  const folder = stats.isFile() ? (namedIn(entry, /^gitdir:\s*(.+?)\s*$/m) ?? entry) : entry
  const common = namedIn(join(folder, 'commondir'), /^(.+?)\s*$/m)
  const folders = common === undefined ? [folder] : [folder, common]
  const kept = folders.flatMap((each) => [each, join(each, 'config'), join(each, 'hooks')])
  return [fileIdOf(stats), ...kept.flatMap(idBehind)]
}

/** The same for all work trees that a folder lies in. */
export function gitIdsAbove(folder: string): readonly string[] {
  const above = dirname(folder)
  return [...gitIdsAt(folder), ...(above === folder ? [] : gitIdsAbove(above))]
}

/** The path that a file of Git names, seen from the folder it is in. */
function namedIn(file: string, pattern: RegExp): string | undefined {
  const text = look(() => readFileSync(systemName(file), 'utf8'))
  const path = text === undefined ? undefined : pattern.exec(text)?.[1]
  return path === undefined ? undefined : resolve(dirname(file), path)
}

function idBehind(path: string): readonly string[] {
  const stats = look(() => statSync(systemName(path), { bigint: true, throwIfNoEntry: false }))
  return stats === undefined ? [] : [fileIdOf(stats)]
}

function isThere(path: string): boolean {
  return look(() => lstatSync(systemName(path), { throwIfNoEntry: false })) !== undefined
}

/** What is not there, or may not be looked at, is nothing that Git could use. */
function look<A>(call: () => A): A | undefined {
  return orOnCode(['EACCES', 'EISDIR', 'ELOOP', 'ENAMETOOLONG', 'ENOENT', 'ENOTDIR', 'EPERM'], undefined, call)
}

import { randomBytes } from 'node:crypto'
import { appendFileSync, lstatSync, mkdirSync, rmdirSync, unlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ownerName, thisOwner } from '../../../system/owner.js'
import { stateFolderName } from '../../../system/stateFolder.js'
import { tried } from '../../../system/errorCode.js'
import { userFolder } from '../../../system/userFolder.js'
import type { Roots } from '../confine/roots.js'

/** What a process has begun and not finished, by the line: what is left of it when the process is killed. */
export type OpenWork =
  | { readonly type: 'drafts'; readonly folder: string; readonly prefix: string }
  | { readonly type: 'backup'; readonly folder: string }
  /** A backup that is the only copy left: an undo could not put it back. */
  | { readonly type: 'kept'; readonly folder: string }

/** Where the registers of a root lie: in its state folder where it has one, else in the folder of this user. */
export function registerFolders(roots: readonly string[]): readonly string[] {
  const inState = roots.map((root) => join(root, stateFolderName)).filter(isOwnFolder)
  return [...inState, userFolder()].map((folder) => join(folder, 'open'))
}

/** A link or a file of that name is somebody else's. */
function isOwnFolder(folder: string): boolean {
  return lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === true
}

/** The name of a register says whose it is. */
export function registerName(): string {
  return `${ownerName(thisOwner())}-${processMark}`
}

/** In the names of all drafts of this process. */
export const processMark = randomBytes(4).toString('hex')

const mostRemembered = 10_000
const written = new Set<string>()
const registers = new Set<string>()

/**
 * Writes down that this process is about to leave something in a folder, before it does: the next run there finds it if this one is
 * killed. Once for each folder that drafts are made in.
 */
export function registerWork(space: Roots, work: OpenWork): void {
  const line = `${JSON.stringify(work)}\n`
  if (written.has(line)) return
  const [first, last] = registerFolders(space.roots.slice(0, 1))
  // The state folder may be another user's.
  if (!tried(last === undefined ? [] : ['EACCES', 'EPERM', 'EROFS'], () => append(first!, line))) append(last!, line)
  if (written.size >= mostRemembered) written.clear()
  if (work.type === 'drafts') written.add(line)
}

function append(folder: string, line: string): void {
  const register = join(folder, registerName())
  const write = (): void => appendFileSync(register, line, { mode: 0o600 })
  if (!tried('ENOENT', write)) {
    mkdirSync(folder, { mode: 0o700, recursive: true })
    write()
  }
  if (registers.size === 0) process.once('exit', removeRegisters)
  registers.add(register)
}

/** A process that ends by itself has finished its work. */
function removeRegisters(): void {
  for (const register of registers) {
    tried('ENOENT', () => unlinkSync(register))
    tried(['ENOENT', 'ENOTEMPTY', 'EEXIST'], () => rmdirSync(dirname(register)))
  }
}

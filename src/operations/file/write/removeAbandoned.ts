import { lstatSync, readdirSync, readFileSync, unlinkSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { onCode, orOnCode, tried } from '../../../system/errorCode.js'
import { ownerNamed, stateOf } from '../../../system/owner.js'
import { backupPrefix, holdOf, realPathOf } from '../confine/roots.js'
import { namesIn } from '../tree/namesIn.js'
import { removeTree } from '../tree/removeTree.js'
import { registerFolders, type OpenWork } from './openWork.js'

/** What cannot be judged, such as the work of another container, is abandoned when it is so old. */
const abandonedMs = 24 * 60 * 60 * 1_000

const looked = new Set<string>()

/** The same, for a process that did not begin with it: once for each root. */
export async function removeAbandonedOnce(roots: readonly string[]): Promise<void> {
  const fresh = roots.filter((root) => !looked.has(root))
  if (fresh.length > 0) await removeAbandoned(fresh)
}

/** Removes the drafts and backups that killed processes left behind, by the registers they kept beside these roots. */
export async function removeAbandoned(roots: readonly string[]): Promise<void> {
  for (const root of roots) looked.add(root)
  for (const folder of registerFolders(roots)) {
    for (const name of orOnCode(['ENOENT', 'ENOTDIR', 'EACCES'], [], () => readdirSync(folder))) {
      const register = join(folder, name)
      // What is not to be removed now, in a folder that another user took over for example, is tried again at the next start.
      if (isAbandoned(name, register))
        await removeAll(register).catch(onCode(['EACCES', 'EPERM', 'EROFS', 'EBUSY', 'ENOTEMPTY'], undefined))
    }
  }
}

async function removeAll(register: string): Promise<void> {
  const work = workIn(register)
  const kept = new Set(work.flatMap((one) => (one.type === 'kept' ? [one.folder] : [])))
  for (const one of work) if (!kept.has(one.folder)) await removeWork(one)
  tried('ENOENT', () => unlinkSync(register))
}

function isAbandoned(name: string, register: string): boolean {
  const owner = ownerNamed(name.slice(0, name.lastIndexOf('-')))
  if (owner === undefined) return false
  const state = stateOf(owner)
  if (state !== 'unknown') return state === 'gone'
  const stats = lstatSync(register, { throwIfNoEntry: false })
  return stats !== undefined && Date.now() - stats.mtimeMs > abandonedMs
}

/** Each whole line of a register: a kill may have torn the last one. */
function workIn(register: string): readonly OpenWork[] {
  const text = orOnCode(['ENOENT'], '', () => readFileSync(register, 'utf8'))
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as OpenWork) // Of our own making, in a folder that is this user's alone.
}

function removeWork(work: OpenWork): Promise<void> | undefined {
  switch (work.type) {
    case 'backup':
      return removeBackup(work.folder)
    case 'drafts':
      return removeDrafts(work.folder, work.prefix)
    case 'kept':
      return undefined
  }
}

async function removeBackup(folder: string): Promise<void> {
  if (basename(folder).startsWith(backupPrefix)) await rm(folder, { recursive: true, force: true })
}

async function removeDrafts(path: string, prefix: string): Promise<void> {
  // Somebody may have put a link in its way since: then what it leads to is not where the drafts are.
  const real = orOnCode(goneCodes, undefined, () => realPathOf(path))
  if (real !== path) return
  const folder = orOnCode(goneCodes, undefined, () => holdOf()(path))
  if (folder === undefined) return
  try {
    for (const name of namesIn(folder)) if (name.startsWith(prefix)) await removeTree({ folder, name }, { own: true })
  } finally {
    folder.release()
  }
}

const goneCodes = ['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP']

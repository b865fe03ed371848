import { randomBytes } from 'node:crypto'
import { mkdirSync, rm as rmThen, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OperationFailure } from '../../../model/operationError.js'
import { errorCode } from '../../../system/errorCode.js'
import { statsAt, type FolderEntry } from '../confine/entry.js'
import type { PathTarget } from '../confine/findTarget.js'
import { backupPrefix, type Roots } from '../confine/roots.js'
import { copyTree } from '../tree/copyTree.js'
import { absent, fingerprint } from '../tree/fingerprint.js'
import { removeTree } from '../tree/removeTree.js'
import { withDraft } from './draft.js'
import { overwriteWith } from './inPlace.js'
import { registerWork } from './openWork.js'
import { renameOver } from './renameInto.js'
import { refusesReplacing } from './replacing.js'

/** What was at a target, kept for an undo. */
export interface Backup {
  readonly digest: string
  /** Where the bytes are kept; undefined when nothing was there. */
  readonly dir: string | undefined
  /** Puts back what was there, replacing whatever is there now. */
  readonly restore: (to: PathTarget) => Promise<void>
  /** Puts back what is missing now, and leaves the rest alone. */
  readonly fillIn: (to: PathTarget) => Promise<void>
  readonly discard: () => Promise<void>
}

const name = 'kept'

/** Copies what is at a target into a folder only this user can read. */
export async function backUp(space: Roots, target: PathTarget, signal: AbortSignal): Promise<Backup> {
  if (statsAt(target) === undefined) return nothingThere
  const modes = new Map<string, number>()
  const dir = makeBackupFolder(space)
  const inBackup = async <A>(use: (entry: FolderEntry) => Promise<A>): Promise<A> => {
    const folder = space.hold(dir)
    return use({ folder, name }).finally(() => folder.release())
  }
  const discard = async (): Promise<void> => {
    await rm(dir, { recursive: true, force: true })
    kept.delete(dir)
  }
  const options = { label: target.label, modeOf: (path: string) => modes.get(path)! }
  const digest = await inBackup(async (entry) => {
    const modeOf = (path: string, stats: { readonly mode: number; isDirectory(): boolean }): number => {
      modes.set(path, stats.mode & 0o7777)
      return stats.isDirectory() ? 0o700 : 0o600
    }
    await copyTree(target, entry, { label: target.label, modeOf, signal })
    return fingerprint(entry, signal)
  }).catch(async (thrown: unknown) => {
    await discard()
    throw thrown
  })
  const backup: Backup = {
    digest,
    dir,
    restore: (to) =>
      inBackup((entry) =>
        withDraft(space, to, async (draft) => {
          await copyTree(entry, draft, options)
          await renameOver(space, draft, to)
        }).catch((thrown: unknown) => {
          // It was written in place, and so it is restored.
          if (refusesReplacing(thrown) && statsAt(to)?.isFile() && statsAt(entry)?.isFile()) return overwriteWith(entry, to)
          throw thrown
        }),
      ),
    fillIn: (to) =>
      inBackup(async (entry) => {
        await copyTree(entry, to, { ...options, fillIn: true })
      }),
    discard,
  }
  forgotten.register(backup, dir)
  return backup
}

const nothingThere: Backup = {
  digest: absent,
  dir: undefined,
  restore: removeTree,
  fillIn: () => Promise.resolve(),
  discard: () => Promise.resolve(),
}

function makeBackupFolder(space: Roots): string {
  const parent = tmpdir()
  try {
    const dir = join(parent, backupPrefix + randomBytes(12).toString('hex'))
    registerWork(space, { type: 'backup', folder: dir })
    mkdirSync(dir, { mode: 0o700 })
    kept.add(dir)
    watchExit()
    return dir
  } catch (error) {
    const code = errorCode(error)
    if (code === undefined || code === 'EMFILE' || code === 'ENFILE') throw error
    throw new OperationFailure({
      type: 'system',
      code,
      path: parent,
      message: `${parent}, the folder for temporary files (TMPDIR), cannot take the copy that a rollback would need (${code}). Nothing was changed: make that folder, or set TMPDIR to another one.`,
      retryable: false,
      cause: error,
    })
  }
}

// A run that ends well never calls its undos: it lets go of them. So a backup goes with the last reference to it, or at
// the latest with the process. These two are the process's own book of its temporary folders, shared by all runs.
const kept = new Set<string>()
const forgotten = new FinalizationRegistry<string>((dir) => {
  // What cannot be removed now stays in the book, for the end of the process.
  rmThen(dir, { recursive: true, force: true }, (error) => {
    if (error === null) kept.delete(dir)
  })
})
let watching = false

function watchExit(): void {
  if (watching) return
  watching = true
  process.once('exit', () => {
    for (const left of kept) rmSync(left, { recursive: true, force: true })
  })
}

/** Keeps a backup beyond the end of the process, for people to mend with what an undo could not. */
export function keepForGood(space: Roots, { dir }: Backup): void {
  if (dir === undefined) return
  kept.delete(dir)
  registerWork(space, { type: 'kept', folder: dir })
}

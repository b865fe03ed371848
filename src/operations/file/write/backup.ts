import { rm as rmThen, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { copyTree } from './copyTree.js'
import { withDraft } from './draft.js'
import { absent, fingerprint } from './fingerprint.js'
import { statsAt } from '../confine/pathTarget.js'
import { removeTree } from './removeTree.js'
import { renameOver } from './renameInto.js'
import { backupPrefix, type Roots } from '../confine/roots.js'
import type { Place, Spot } from '../confine/resolvePath.js'

/** What was at a place, kept for an undo. */
export interface Backup {
  readonly digest: string
  /** Where the bytes are kept; undefined when nothing was there. */
  readonly dir: string | undefined
  /** Puts back what was there, in the stead of whatever is there now. */
  readonly restore: (to: Spot) => Promise<void>
  /** Puts back what is missing now, and leaves the rest alone. */
  readonly fillIn: (to: Spot) => Promise<void>
  readonly discard: () => Promise<void>
}

const name = 'kept'

/** Copies what is at a place into a folder only this user can read. */
export async function backUp(space: Roots, place: Place, signal: AbortSignal): Promise<Backup> {
  if ((await statsAt(place)) === undefined) return nothingThere
  const modes = new Map<string, number>()
  const dir = await mkdtemp(join(tmpdir(), backupPrefix))
  keep(dir)
  const inBackup = async <A>(use: (spot: Spot) => Promise<A>): Promise<A> => {
    const folder = await space.hold(dir)
    return use({ folder, name }).finally(() => folder.release())
  }
  const discard = async (): Promise<void> => {
    await rm(dir, { recursive: true, force: true })
    kept.delete(dir)
  }
  const options = { label: place.label, modeOf: (path: string) => modes.get(path)! }
  const digest = await inBackup(async (spot) => {
    const modeOf = (path: string, stats: { readonly mode: number; isDirectory(): boolean }): number => {
      modes.set(path, stats.mode & 0o7777)
      return stats.isDirectory() ? 0o700 : 0o600
    }
    await copyTree(place, spot, { label: place.label, modeOf, signal })
    return fingerprint(spot, signal)
  }).catch(async (thrown: unknown) => {
    await discard()
    throw thrown
  })
  const backup: Backup = {
    digest,
    dir,
    restore: (to) =>
      inBackup((spot) =>
        withDraft(to.folder, async (draft) => {
          await copyTree(spot, draft, options)
          await renameOver(draft, to)
        }),
      ),
    fillIn: (to) =>
      inBackup(async (spot) => {
        await copyTree(spot, to, { ...options, fillIn: true })
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

function keep(dir: string): void {
  kept.add(dir)
  if (watching) return
  watching = true
  process.once('exit', () => {
    for (const left of kept) rmSync(left, { recursive: true, force: true })
  })
}

/** Keeps a backup beyond the end of the process, for people to mend with what an undo could not. */
export function keepForGood({ dir }: Backup): void {
  if (dir !== undefined) kept.delete(dir)
}

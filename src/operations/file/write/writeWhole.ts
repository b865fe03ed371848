import { closeSync, constants, fchmodSync, fchownSync, fsync, openSync, type Stats } from 'node:fs'
import { promisify } from 'node:util'
import type { AttemptContext } from '../../../model/work.js'
import { errorCode } from '../../../system/errorCode.js'
import { statsAt } from '../confine/entry.js'
import { refuseOther } from '../confine/openFile.js'
import { refuseVital } from '../confine/pathTarget.js'
import type { PathTarget } from '../confine/findTarget.js'
import type { Roots } from '../confine/roots.js'
import { fingerprintOfBytes } from '../tree/fingerprint.js'
import { writeAll } from '../tree/writeAll.js'
import { withDraft, type Draft } from './draft.js'
import { overwriteWith, writeInPlace } from './inPlace.js'
import { renameFileOver, renameIntoNew } from './renameInto.js'
import { refusesReplacing } from './replacing.js'
import { undoableChange, type Undoable } from './undoableChange.js'
import { syncFolderNames } from '../confine/syncFolder.js'

const syncHandle = promisify(fsync)

export interface WriteWholeOptions {
  readonly mode?: number | undefined
  /** Only where nothing is: rejects with EEXIST otherwise. */
  readonly isNew?: true
  /** Called immediately before the old bytes are replaced; it throws to stop that. */
  readonly lastLook?: () => void
}

export interface Written {
  /** True when nothing was at the path before. */
  readonly created: boolean
  /** A rename could not replace it, and so its bytes were replaced. */
  readonly inPlace?: true
}

/**
 * Gives a target a file with these bytes: written beside it, synced, then renamed, so that readers see all of it or none. The caller holds
 * the target's lock. On failure or abort nothing has changed.
 */
export async function writeWhole(
  space: Roots,
  context: AttemptContext,
  target: PathTarget,
  bytes: Uint8Array,
  options: WriteWholeOptions = {},
): Promise<Written> {
  const before = fileBefore(space, target, options)
  const digest = (): Promise<string> => fingerprintOfBytes(bytes)
  try {
    return await withDraft(space, target, async (draft) => {
      await fillDraft(draft, before, options.mode, (handle) => writeAll(handle, bytes, { signal: context.signal }))
      return settleDraft(space, context, target, draft, { ...options, before, digest })
    })
  } catch (error) {
    if (before === undefined || !refusesReplacing(error)) throw error
    const change = await undoableChange(space, context, target)
    await change.make(digest, () => inPlaceOr(error, writeInPlace(target, [bytes], { ...options, signal: context.signal })))
    return { created: false, inPlace: true }
  }
}

/** The file that is to be replaced; undefined when nothing is there. Anything else is refused. */
export function fileBefore(space: Roots, target: PathTarget, { isNew }: WriteWholeOptions = {}): Stats | undefined {
  refuseVital(space, target, 'overwritten')
  const before = isNew ? undefined : statsAt(target)
  if (before !== undefined) refuseOther(before, target.label)
  return before
}

interface Settling extends WriteWholeOptions {
  readonly before: Stats | undefined
  readonly digest: () => Promise<string>
}

export async function settleDraft(space: Roots, context: Undoable, target: PathTarget, draft: Draft, settling: Settling): Promise<Written> {
  const { before, digest, lastLook, isNew, mode } = settling
  const change = await undoableChange(space, context, target)
  context.signal.throwIfAborted()
  const replaced = { inPlace: false }
  await change.make(digest, async () => {
    try {
      lastLook?.()
      if (isNew) renameIntoNew(draft, target)
      else renameFileOver(draft, target)
    } catch (error) {
      if (before === undefined || !refusesReplacing(error)) throw error
      await inPlaceOr(error, overwriteWith(draft, target, { mode, lastLook, signal: context.signal }))
      replaced.inPlace = true
    }
  })
  await syncFolderNames(target.folder)
  return { created: before === undefined, ...(replaced.inPlace && { inPlace: true }) }
}

/** What a write in place comes to. Where the file may not be written either, the first error says more: why it could not be replaced. */
function inPlaceOr(first: unknown, work: Promise<void>): Promise<void> {
  return work.catch((thrown: unknown) => {
    throw ['EACCES', 'EPERM', 'EROFS', 'ETXTBSY'].includes(errorCode(thrown) ?? '') ? first : thrown
  })
}

export async function fillDraft<A>(
  { folder, name }: Draft,
  before: Stats | undefined,
  mode: number | undefined,
  fill: (handle: number) => Promise<A>,
): Promise<A> {
  const finalMode = mode ?? (before && before.mode & 0o7777)
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL
  // Nobody else may read the new bytes sooner than the old ones; only where neither is said does the umask decide.
  const handle = openSync(folder.at(name), flags, finalMode === undefined ? 0o666 : 0o600)
  try {
    const filled = await fill(handle)
    // The superuser may replace anyone's file, and should not thereby take it away from them.
    if (before !== undefined && process.geteuid?.() === 0) fchownSync(handle, before.uid, before.gid)
    if (finalMode !== undefined) fchmodSync(handle, finalMode)
    await syncHandle(handle)
    return filled
  } finally {
    closeSync(handle)
  }
}

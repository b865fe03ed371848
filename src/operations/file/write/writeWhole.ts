import { constants, open } from 'node:fs/promises'
import type { Stats } from 'node:fs'
import type { AttemptContext } from '../../../model/work.js'
import { undoableChange } from './undoableChange.js'
import { withDraft } from './draft.js'
import { fingerprintOfBytes } from './fingerprint.js'
import { refuseOther } from '../confine/openFile.js'
import { refuseVital, statsAt } from '../confine/pathTarget.js'
import { renameIntoNew, renameOver } from './renameInto.js'
import type { Roots } from '../confine/roots.js'
import type { Place, Spot } from '../confine/resolvePath.js'
import { writeAll } from './writeAll.js'

export interface PlaceFileOptions {
  readonly mode?: number | undefined
  /** Only where nothing is: rejects with EEXIST otherwise. */
  readonly isNew?: true
}

/**
 * Gives a place a file with these bytes: written beside it, synced, then renamed, so that readers see all of it or none.
 *
 * Answers whether nothing was there before. On failure or abort nothing has changed.
 */
export async function writeWhole(space: Roots, context: AttemptContext, place: Place, bytes: Uint8Array, options: PlaceFileOptions = {}) {
  await refuseVital(space, place, 'overwritten')
  const before = options.isNew ? undefined : await statsAt(place)
  if (before !== undefined) refuseOther(before, place.label)
  await withDraft(place.folder, async (draft) => {
    await writeDraft(draft, bytes, before, options.mode, context.signal)
    const change = await undoableChange(space, context, place)
    context.signal.throwIfAborted()
    await change.make(
      () => fingerprintOfBytes(bytes),
      () => (options.isNew ? renameIntoNew(draft, place) : renameOver(draft, place)),
    )
  })
  await place.folder.sync()
  return { created: before === undefined }
}

async function writeDraft(
  { folder, name }: Spot,
  bytes: Uint8Array,
  before: Stats | undefined,
  mode: number | undefined,
  signal: AbortSignal,
) {
  const finalMode = mode ?? (before && before.mode & 0o7777)
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL
  // Nobody else may read the new bytes sooner than the old ones; only where neither is said does the umask decide.
  const handle = await open(folder.at(name), flags, finalMode === undefined ? 0o666 : 0o600)
  try {
    await writeAll(handle, bytes, { signal })
    // The superuser may replace anyone's file, and should not thereby take it away from them.
    if (before !== undefined && process.geteuid?.() === 0) await handle.chown(before.uid, before.gid)
    if (finalMode !== undefined) await handle.chmod(finalMode)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

import { constants, open } from 'node:fs/promises'
import { refuseOther } from '../confine/openFile.js'
import { refuseVital, statsAt } from '../confine/pathTarget.js'
import type { Place } from '../confine/resolvePath.js'
import type { Roots } from '../confine/roots.js'
import { withDraft } from './draft.js'
import { renameOver } from './renameInto.js'
import { writeAll } from './writeAll.js'

/** Writes the next bytes of a file. */
export type WriteMore = (chunk: Uint8Array) => Promise<void>

/**
 * Gives a place a file that is written piece by piece: beside it, synced, then renamed, so that readers see all of it or none.
 *
 * Gives what `fill` came to, and the size. When `fill` rejects, or the signal is aborted, nothing has changed. No undo is prepared.
 */
export async function writeFilled<A>(
  space: Roots,
  signal: AbortSignal,
  place: Place,
  fill: (write: WriteMore) => Promise<A>,
): Promise<{ readonly value: A; readonly bytes: number }> {
  await refuseVital(space, place, 'overwritten')
  const before = await statsAt(place)
  if (before !== undefined) refuseOther(before, place.label)
  const mode = before && before.mode & 0o7777
  const filled = await withDraft(place.folder, async (draft) => {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL
    // Nobody else may read the new bytes sooner than the old ones; only where there are none does the umask decide.
    const handle = await open(draft.folder.at(draft.name), flags, mode === undefined ? 0o666 : 0o600)
    let bytes = 0
    let value: A
    try {
      value = await fill(async (chunk) => {
        await writeAll(handle, chunk)
        bytes += chunk.length
      })
      // The superuser may replace anyone's file, and should not thereby take it away from them.
      if (before !== undefined && process.geteuid?.() === 0) await handle.chown(before.uid, before.gid)
      if (mode !== undefined) await handle.chmod(mode)
      await handle.sync()
    } finally {
      await handle.close()
    }
    signal.throwIfAborted()
    await renameOver(draft, place)
    return { value, bytes }
  })
  await place.folder.sync()
  return filled
}

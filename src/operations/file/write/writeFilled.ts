import type { PathTarget } from '../confine/findTarget.js'
import type { Roots } from '../confine/roots.js'
import { fingerprint } from '../tree/fingerprint.js'
import { writeAll } from '../tree/writeAll.js'
import { withDraft } from './draft.js'
import { lockTargets } from './lockTarget.js'
import { begun, type Undoable } from './undoableChange.js'
import { fileBefore, fillDraft, settleDraft } from './writeWhole.js'

/** Writes the next bytes of a file. */
export type WriteMore = (chunk: Uint8Array) => Promise<void>

/**
 * Gives a target a file that is written piece by piece: beside it, synced, then renamed, so that readers see all of it or none. Nobody is
 * kept from the target while `fill` goes on, however long that takes.
 *
 * Gives what `fill` came to, and the size. When `fill` rejects, or the signal is aborted, nothing has changed.
 */
export async function writeFilled<A>(
  space: Roots,
  context: Undoable,
  target: PathTarget,
  fill: (write: WriteMore) => Promise<A>,
): Promise<{ readonly value: A; readonly bytes: number }> {
  const before = fileBefore(space, target)
  return withDraft(space, target, async (draft) => {
    let bytes = 0
    const write = async (handle: number, chunk: Uint8Array): Promise<void> => {
      await writeAll(handle, chunk)
      bytes += chunk.length
    }
    const settle = () => settleDraft(space, context, target, draft, { before: fileBefore(space, target), digest: () => fingerprint(draft) })
    const filled = async (): Promise<A> => {
      const value = await fillDraft(draft, before, undefined, (handle) => fill((chunk) => write(handle, chunk)))
      await lockTargets([target], context.signal, settle)
      return value
    }
    // What fills it has had its effects, whatever is lacking now.
    const value = await filled().catch((thrown: unknown) => begun(target.label, thrown))
    return { value, bytes }
  })
}

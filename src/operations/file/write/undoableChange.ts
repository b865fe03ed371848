import { dirname } from 'node:path'
import { OperationFailure } from '../../../model/operationError.js'
import type { AttemptContext } from '../../../model/work.js'
import { systemError } from '../../systemError.js'
import { backUp, keepForGood, type Backup } from './backup.js'
import { errorCode } from '../../../system/errorCode.js'
import { absent, fingerprint } from './fingerprint.js'
import { removeLeftovers } from './parents.js'
import { changedSince } from '../confine/refusals.js'
import { shown } from '../shown.js'
import type { Roots } from '../confine/roots.js'
import { resolvePath, type Place } from '../confine/resolvePath.js'

/** A change that is about to be made at a place. */
export interface UndoableChange {
  /**
   * Makes it. `digest` is what the place holds afterwards.
   *
   * An effect that fails has either happened or not, unless it happens `inParts`.
   */
  make(digest: () => Promise<string>, effect: () => Promise<void>, inParts?: true): Promise<void>
}

type State =
  | { readonly type: 'not-begun' }
  | { readonly type: 'made'; readonly digest: string }
  | { readonly type: 'failed'; readonly digest: string; readonly inParts: boolean }

/** Prepares to take back what is about to be done at a place: only if the run may ask for it. */
export async function undoableChange(space: Roots, context: AttemptContext, place: Place): Promise<UndoableChange> {
  if (!context.undoable) return { make: (_digest, effect) => effect() }
  const backup = await backUp(space, place, context.signal)
  const { label, location } = place
  let state: State = { type: 'not-begun' }
  context.onUndo(async () => {
    if (state.type !== 'not-begun') await takeBack(space, { label, location }, backup, state)
    await backup.discard()
  })
  return {
    make: async (digestOf, effect, inParts) => {
      const digest = await digestOf()
      state = { type: 'made', digest }
      await effect().catch((thrown: unknown) => {
        state = { type: 'failed', digest, inParts: inParts === true }
        throw thrown
      })
    },
  }
}

type Target = Pick<Place, 'label' | 'location'>

async function takeBack(space: Roots, { label, location }: Target, backup: Backup, state: Exclude<State, { type: 'not-begun' }>) {
  const place = await resolvePath(space, location, label, { links: 'none' }).catch(async (thrown: unknown) => {
    await backup.discard()
    // The folder it was in is gone, or is a link by now: fine where nothing is to be put back.
    if (state.type === 'failed' || (backup.digest === absent && errorCode(thrown) === 'ENOENT')) return undefined
    throw changedSince(label, thrown)
  })
  if (place === undefined) return
  try {
    const now = await fingerprint(place)
    if (now === state.digest) await mend(label, backup, () => backup.restore(place))
    else if (state.type === 'failed') {
      if (now !== backup.digest && state.inParts) await mend(label, backup, () => backup.fillIn(place))
    } else if (now !== backup.digest) {
      await backup.discard()
      throw changedSince(label)
    }
    await place.folder.sync()
  } finally {
    await place.folder.release()
  }
  await removeLeftovers(space, dirname(location))
}

/** When the old bytes cannot be put back, the only copy of them is the backup: it stays, and the error says where. */
function mend(label: string, backup: Backup, work: () => Promise<void>): Promise<void> {
  return work().catch((thrown: unknown) => {
    keepForGood(backup)
    const error = systemError(thrown, shown(label))
    const message = backup.dir === undefined ? error.message : `${error.message} What was there before is kept in ${backup.dir}.`
    throw new OperationFailure({ ...error, message })
  })
}

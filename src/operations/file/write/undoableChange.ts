import { dirname } from 'node:path'
import { OperationFailure } from '../../../model/operationError.js'
import type { AttemptContext } from '../../../model/work.js'
import { errorCode } from '../../../system/errorCode.js'
import { systemError } from '../../systemError.js'
import { useTarget } from '../confine/pathTarget.js'
import { changedSince } from '../confine/refusals.js'
import { findTarget, type PathTarget } from '../confine/findTarget.js'
import type { Roots } from '../confine/roots.js'
import { shownPath } from '../confine/shownPath.js'
import { isOutOfDescriptors } from '../confine/whenDescriptorsAreFree.js'
import { withPathErrors } from '../confine/withPathErrors.js'
import { absent, fingerprint } from '../tree/fingerprint.js'
import { backUp, keepForGood, type Backup } from './backup.js'
import { lockTargets } from './lockTarget.js'
import { removeLeftovers } from './parents.js'
import { syncFolderNames } from '../confine/syncFolder.js'

/** A change that is about to be made at a target. */
export interface UndoableChange {
  /**
   * Makes it. `digest` is what the target holds afterwards.
   *
   * An effect that fails has either happened or not, unless it happens `inParts`.
   */
  make(digest: () => Promise<string>, effect: () => Promise<void>, inParts?: true): Promise<void>
}

type State =
  | { readonly type: 'not-begun' }
  | { readonly type: 'made'; readonly digest: string }
  | { readonly type: 'failed'; readonly digest: string; readonly inParts: boolean }

/** What a change needs to know of its attempt. */
export type Undoable = Pick<AttemptContext, 'undoable' | 'onUndo' | 'signal'>

/** Prepares to take back what is about to be done at a target: only if the run may ask for it. The caller holds the target's lock. */
export async function undoableChange(space: Roots, context: Undoable, target: PathTarget): Promise<UndoableChange> {
  const { label, location } = target
  if (!context.undoable) return { make: (_digest, effect) => effect().catch((thrown: unknown) => begun(label, thrown)) }
  const backup = await backUp(space, target, context.signal)
  let state: State = { type: 'not-begun' }
  context.onUndo(() => withPathErrors(label, undo()))
  const undo = async (): Promise<void> => {
    if (state.type !== 'not-begun') await takeBack(space, { label, location }, backup, state)
    await backup.discard()
  }
  return {
    make: async (digestOf, effect, inParts) => {
      const digest = await digestOf()
      state = { type: 'made', digest }
      await effect().catch((thrown: unknown) => {
        state = { type: 'failed', digest, inParts: inParts === true }
        return begun(label, thrown)
      })
    },
  }
}

/** A lack of descriptors in the midst of a change is its error: it must not be begun anew. */
export function begun(label: string, thrown: unknown): never {
  throw isOutOfDescriptors(thrown) ? new OperationFailure(systemError(thrown, shownPath(label))) : thrown
}

type Whereabouts = Pick<PathTarget, 'label' | 'location'>

async function takeBack(
  space: Roots,
  { label, location }: Whereabouts,
  backup: Backup,
  state: Exclude<State, { type: 'not-begun' }>,
): Promise<void> {
  const target = findAgain(space, { label, location })
  if (typeof target === 'object' && 'folder' in target) {
    await useTarget(target, () => lockTargets([target], undefined, () => takeBackAt(space, target, backup, state)))
    removeLeftovers(space, dirname(location), label)
    return
  }
  await backup.discard()
  // The folder it was in is gone, or is a link by now: fine where nothing is to be put back.
  if (state.type === 'failed' || (backup.digest === absent && errorCode(target.thrown) === 'ENOENT')) return
  throw changedSince(label, target.thrown)
}

function findAgain(space: Roots, { label, location }: Whereabouts): PathTarget | { readonly thrown: unknown } {
  try {
    return findTarget(space, location, label, { links: 'none', purpose: 'change' })
  } catch (error) {
    if (error instanceof OperationFailure || ['ENOENT', 'ELOOP', 'ENOTDIR'].includes(errorCode(error) ?? '')) return { thrown: error }
    throw error
  }
}

async function takeBackAt(space: Roots, target: PathTarget, backup: Backup, state: Exclude<State, { type: 'not-begun' }>): Promise<void> {
  const now = await fingerprint(target)
  if (now === state.digest) await putBack(space, target.label, backup, () => backup.restore(target))
  else if (state.type === 'failed') {
    if (now !== backup.digest && state.inParts) await putBack(space, target.label, backup, () => backup.fillIn(target))
  } else if (now !== backup.digest) {
    await backup.discard()
    throw changedSince(target.label)
  }
  await syncFolderNames(target.folder)
}

/** When the old bytes cannot be put back, the only copy of them is the backup: it stays, and the error says where. */
function putBack(space: Roots, label: string, backup: Backup, work: () => Promise<void>): Promise<void> {
  return work().catch((thrown: unknown) => {
    keepForGood(space, backup)
    const error = systemError(thrown, shownPath(label))
    const message = backup.dir === undefined ? error.message : `${error.message} What was there before is kept in ${backup.dir}.`
    throw new OperationFailure({ ...error, message })
  })
}

import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import { boolean } from '../../model/codec/values.js'
import { OperationFailure } from '../../model/operationError.js'
import type { OperationType } from '../../model/operationType.js'
import type { AttemptContext } from '../../model/work.js'
import { codedError } from '../../system/errorCode.js'
import { statsAt } from './confine/entry.js'
import { refuseMounts, refuseVital, withTarget } from './confine/pathTarget.js'
import { refuseGitIn } from './tree/refuseGitIn.js'
import { systemRefusal } from './confine/refusals.js'
import type { PathTarget } from './confine/findTarget.js'
import type { Roots } from './confine/roots.js'
import { labelOf } from './confine/spelling.js'
import { path, resultPath } from './params.js'
import { changing } from './pathOperation.js'
import { absent } from './tree/fingerprint.js'
import { removeTree } from './tree/removeTree.js'
import { lockTargets } from './write/lockTarget.js'
import { undoableChange } from './write/undoableChange.js'
import { syncFolderNames } from './confine/syncFolder.js'

const Params = closed(
  'the params of file.delete',
  { path },
  {
    recursive: described(boolean, 'Deletes a folder with all its contents. Default false: a folder is refused.'),
    ignoreMissing: described(boolean, 'Succeeds if nothing is at the path. Default false.'),
  },
)

const Result = closed('the result of file.delete', { path: resultPath, deleted: described(boolean, 'False when nothing was there.') }, {})

/** `file.delete`: removes a file, a link (never what it leads to) or a whole folder. */
export function remove(space: Roots): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return changing(space, 'takes-last-link', {
    operation: 'delete',
    summary: 'Deletes a file, a link or, if recursive, a folder.',
    params: Params,
    result: Result,
    perform: ({ path, recursive = false, ignoreMissing = false }, context) =>
      withTarget(space, path, { links: 'parents', purpose: 'change', signal: context.signal }, async (target) => {
        await lockTargets([target], context.signal, () => deleteAt(space, context, target, recursive))
        return { path: target.label, deleted: true }
      }).catch((thrown: unknown) => {
        if (ignoreMissing && thrown instanceof OperationFailure && thrown.error.type === 'not-found')
          return { path: labelOf(space, path), deleted: false }
        throw thrown
      }),
  })
}

async function deleteAt(space: Roots, context: AttemptContext, target: PathTarget, recursive: boolean): Promise<void> {
  refuseVital(space, target, 'deleted')
  const stats = statsAt(target)
  if (stats === undefined) throw codedError('ENOENT', 'nothing there')
  const isFolder = stats.isDirectory()
  if (isFolder && !recursive)
    throw systemRefusal('EISDIR', target.label, 'is a folder. Set recursive: true to delete it with all it holds.')
  // Before anything in it is gone.
  if (isFolder) refuseMounts(target, 'deleted')
  refuseGitIn(space, target, 'deleted', context.signal)
  const change = await undoableChange(space, context, target)
  await change.make(
    () => Promise.resolve(absent),
    () => removeTree(target, { signal: context.signal }),
    isFolder ? true : undefined,
  )
  await syncFolderNames(target.folder)
}

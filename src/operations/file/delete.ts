import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import { boolean } from '../../model/codec/values.js'
import { OperationFailure } from '../../model/operationError.js'
import type { OperationType } from '../../model/operationType.js'
import type { AttemptContext } from '../../model/work.js'
import { undoableChange } from './write/undoableChange.js'
import { codedError } from '../../system/errorCode.js'
import { absent } from './write/fingerprint.js'
import { path, resultPath } from './params.js'
import { refuseVital, statsAt, withPlace } from './confine/pathTarget.js'
import { systemRefusal } from './confine/refusals.js'
import { removeTree } from './write/removeTree.js'
import { labelOf, type Roots } from './confine/roots.js'
import { changing } from './confine/pathOperation.js'
import type { Place } from './confine/resolvePath.js'

const Params = closed(
  'the params of file.delete',
  { path },
  {
    recursive: described(boolean, 'Deletes a folder with all it holds. Default false: a folder is refused.'),
    ignoreMissing: described(boolean, 'Succeeds when nothing is there. Default false.'),
  },
)

const Result = closed('the result of file.delete', { path: resultPath, deleted: described(boolean, 'False when nothing was there.') }, {})

/** `file.delete`: removes a file, a link (never what it leads to) or a whole folder. */
export function remove(space: Roots): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return changing(space, {
    operation: 'delete',
    summary: 'Deletes a file, a link or, if recursive, a folder.',
    params: Params,
    result: Result,
    perform: ({ path, recursive = false, ignoreMissing = false }, context) =>
      withPlace(space, path, { links: 'parents' }, async (place) => {
        await deleteAt(space, context, place, recursive)
        return { path: place.label, deleted: true }
      }).catch((thrown: unknown) => {
        if (ignoreMissing && thrown instanceof OperationFailure && thrown.error.type === 'not-found')
          return { path: labelOf(space, path), deleted: false }
        throw thrown
      }),
  })
}

async function deleteAt(space: Roots, context: AttemptContext, place: Place, recursive: boolean): Promise<void> {
  await refuseVital(space, place, 'deleted')
  const stats = await statsAt(place)
  if (stats === undefined) throw codedError('ENOENT', 'nothing there')
  const isFolder = stats.isDirectory()
  if (isFolder && !recursive) throw systemRefusal('EISDIR', place.label, 'is a folder. Set recursive: true to delete it with all it holds.')
  const change = await undoableChange(space, context, place)
  await change.make(
    () => Promise.resolve(absent),
    () => removeTree(place, { signal: context.signal }),
    isFolder ? true : undefined,
  )
  await place.folder.sync()
}

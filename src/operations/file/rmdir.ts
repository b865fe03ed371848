import { rmdir as removeFolderAt } from 'node:fs/promises'
import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import type { OperationType } from '../../model/operationType.js'
import type { AttemptContext } from '../../model/work.js'
import { undoableChange } from './write/undoableChange.js'
import { codedError, errorCode } from '../../system/errorCode.js'
import { absent } from './write/fingerprint.js'
import { path, resultPath } from './params.js'
import { refuseVital, statsAt, withFolder, withPlace } from './confine/pathTarget.js'
import { systemRefusal } from './confine/refusals.js'
import { namesIn } from './write/removeTree.js'
import type { Roots } from './confine/roots.js'
import { changing } from './confine/pathOperation.js'
import type { Place } from './confine/resolvePath.js'

const Params = closed('the params of file.rmdir', { path }, {})
const Result = closed('the result of file.rmdir', { path: resultPath }, {})

/** `file.rmdir`: removes a folder that is empty. */
export function rmdir(space: Roots): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return changing(space, {
    operation: 'rmdir',
    summary: 'Removes an empty folder.',
    params: Params,
    result: Result,
    perform: (params, context) =>
      withPlace(space, params.path, { links: 'parents' }, async (place) => {
        await removeAt(space, context, place)
        return { path: place.label }
      }),
  })
}

async function removeAt(space: Roots, context: AttemptContext, place: Place): Promise<void> {
  await refuseVital(space, place, 'removed')
  const stats = await statsAt(place)
  if (stats === undefined) throw codedError('ENOENT', 'nothing there')
  if (!stats.isDirectory()) throw systemRefusal('ENOTDIR', place.label, 'is not a folder. Use delete for it.')
  // Before a backup is made of what will be refused anyway.
  if ((await withFolder(place, namesIn)).length > 0) throw notEmpty(place)
  const change = await undoableChange(space, context, place)
  await change
    .make(
      () => Promise.resolve(absent),
      () => removeFolderAt(place.folder.at(place.name)),
    )
    .catch((thrown: unknown) => {
      throw errorCode(thrown) === 'ENOTEMPTY' ? notEmpty(place) : thrown
    })
  await place.folder.sync()
}

function notEmpty({ label }: Place) {
  return systemRefusal('ENOTEMPTY', label, 'is not empty. Use delete with recursive: true to remove it with all it holds.')
}

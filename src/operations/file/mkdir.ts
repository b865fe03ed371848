import { mkdir as makeFolderAt } from 'node:fs/promises'
import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import { boolean } from '../../model/codec/values.js'
import type { OperationType } from '../../model/operationType.js'
import type { AttemptContext } from '../../model/work.js'
import { undoableChange } from './write/undoableChange.js'
import { onCode } from '../../system/errorCode.js'
import { emptyFolder } from './write/fingerprint.js'
import { path, resultPath } from './params.js'
import { folderMaker } from './write/parents.js'
import { statsAt, withPlace } from './confine/pathTarget.js'
import { alreadyThere } from './confine/refusals.js'
import type { Roots } from './confine/roots.js'
import { changing } from './confine/pathOperation.js'
import type { Place } from './confine/resolvePath.js'

const Params = closed('the params of file.mkdir', { path }, {})

const Result = closed('the result of file.mkdir', { path: resultPath, created: described(boolean, 'False when the folder was there.') }, {})

/** `file.mkdir`: makes a folder, and the ones above it. One that is there is fine. */
export function mkdir(space: Roots): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return changing(space, {
    operation: 'mkdir',
    summary: 'Makes a folder and its parents; one that is there is fine.',
    params: Params,
    result: Result,
    repeatable: () => true,
    perform: (params, context) =>
      withPlace(space, params.path, { links: 'all', makeFolder: folderMaker(space, context) }, async (place) => ({
        path: place.label,
        created: !(await isFolder(place)) && (await makeAt(space, context, place)),
      })),
  })
}

/** Makes it; false when somebody else was quicker. */
async function makeAt(space: Roots, context: AttemptContext, place: Place): Promise<boolean> {
  const change = await undoableChange(space, context, place)
  const made = await change
    .make(
      () => Promise.resolve(emptyFolder),
      () => makeFolderAt(place.folder.at(place.name)),
    )
    .then(() => true, onCode(['EEXIST'], false))
  if (!made) await isFolder(place)
  return made
}

/** False where nothing is; what is no folder is an error. */
async function isFolder(place: Place): Promise<boolean> {
  const stats = await statsAt(place)
  if (stats === undefined || stats.isDirectory()) return stats !== undefined
  throw alreadyThere(place.label, 'It is not a folder: delete it first, or choose another path.')
}

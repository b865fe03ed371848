import { mkdirSync } from 'node:fs'
import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import { boolean } from '../../model/codec/values.js'
import type { OperationType } from '../../model/operationType.js'
import type { AttemptContext } from '../../model/work.js'
import { onCode } from '../../system/errorCode.js'
import { statsAt } from './confine/entry.js'
import { withTarget } from './confine/pathTarget.js'
import { alreadyThere } from './confine/refusals.js'
import type { PathTarget } from './confine/findTarget.js'
import type { Roots } from './confine/roots.js'
import { path, resultPath } from './params.js'
import { changing } from './pathOperation.js'
import { emptyFolder } from './tree/fingerprint.js'
import { lockTargets } from './write/lockTarget.js'
import { folderMaker } from './write/parents.js'
import { undoableChange } from './write/undoableChange.js'

const Params = closed('the params of file.mkdir', { path }, {})

const Result = closed('the result of file.mkdir', { path: resultPath, created: described(boolean, 'False when the folder was there.') }, {})

/** `file.mkdir`: makes a folder, and the ones above it. One that is there is fine. */
export function mkdir(space: Roots): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return changing(space, 'follows-last-link', {
    operation: 'mkdir',
    summary: 'Makes a folder and its parents; succeeds if it exists.',
    params: Params,
    result: Result,
    repeatable: () => true,
    perform: (params, context) => {
      const walk = { links: 'all', purpose: 'change', makeFolder: folderMaker(space, context), signal: context.signal } as const
      return withTarget(space, params.path, walk, async (target) => ({
        path: target.label,
        created: !isFolder(target) && (await lockTargets([target], context.signal, () => makeAt(space, context, target))),
      }))
    },
  })
}

/** Makes it; false when somebody else was quicker. */
async function makeAt(space: Roots, context: AttemptContext, target: PathTarget): Promise<boolean> {
  const change = await undoableChange(space, context, target)
  const made = await change
    .make(
      () => Promise.resolve(emptyFolder),
      async () => {
        await Promise.resolve(mkdirSync(target.folder.at(target.name)))
      },
    )
    .then(() => true, onCode(['EEXIST'], false))
  if (!made) isFolder(target)
  return made
}

/** False where nothing is; what is no folder is an error. */
function isFolder(target: PathTarget): boolean {
  const stats = statsAt(target)
  if (stats === undefined || stats.isDirectory()) return stats !== undefined
  throw alreadyThere(target.label, 'It is not a folder: delete it first, or choose another path.')
}

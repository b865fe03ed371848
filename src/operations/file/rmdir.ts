import { rmdirSync } from 'node:fs'
import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import type { OperationType } from '../../model/operationType.js'
import type { AttemptContext } from '../../model/work.js'
import { codedError, errorCode } from '../../system/errorCode.js'
import { statsAt } from './confine/entry.js'
import { refuseVital, withFolder, withTarget } from './confine/pathTarget.js'
import { systemRefusal } from './confine/refusals.js'
import type { PathTarget } from './confine/findTarget.js'
import type { Roots } from './confine/roots.js'
import { path, resultPath } from './params.js'
import { changing } from './pathOperation.js'
import { absent } from './tree/fingerprint.js'
import { namesIn } from './tree/namesIn.js'
import { lockTargets } from './write/lockTarget.js'
import { undoableChange } from './write/undoableChange.js'
import { syncFolderNames } from './confine/syncFolder.js'

const Params = closed('the params of file.rmdir', { path }, {})
const Result = closed('the result of file.rmdir', { path: resultPath }, {})

/** `file.rmdir`: removes a folder that is empty. */
export function rmdir(space: Roots): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return changing(space, 'takes-last-link', {
    operation: 'rmdir',
    summary: 'Removes an empty folder.',
    params: Params,
    result: Result,
    perform: (params, context) =>
      withTarget(space, params.path, { links: 'parents', purpose: 'change', signal: context.signal }, async (target) => {
        await lockTargets([target], context.signal, () => removeAt(space, context, target))
        return { path: target.label }
      }),
  })
}

async function removeAt(space: Roots, context: AttemptContext, target: PathTarget): Promise<void> {
  refuseVital(space, target, 'removed')
  const stats = statsAt(target)
  if (stats === undefined) throw codedError('ENOENT', 'nothing there')
  if (!stats.isDirectory()) throw systemRefusal('ENOTDIR', target.label, 'is not a folder. Use delete for it.')
  // Before a backup is made of what will be refused anyway.
  const names = await withFolder(target, (folder) => Promise.resolve(namesIn(folder)))
  if (names.length > 0) throw notEmpty(target)
  const change = await undoableChange(space, context, target)
  await change
    .make(
      () => Promise.resolve(absent),
      async () => {
        await Promise.resolve(rmdirSync(target.folder.at(target.name)))
      },
    )
    .catch((thrown: unknown) => {
      throw errorCode(thrown) === 'ENOTEMPTY' ? notEmpty(target) : thrown
    })
  await syncFolderNames(target.folder)
}

function notEmpty({ label }: PathTarget) {
  return systemRefusal('ENOTEMPTY', label, 'is not empty. Use delete with recursive: true to remove it with all it holds.')
}

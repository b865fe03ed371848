import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import type { OperationType } from '../../model/operationType.js'
import type { AttemptContext } from '../../model/work.js'
import { body } from '../body.js'
import { undoableChange } from './write/undoableChange.js'
import { copyTree } from './write/copyTree.js'
import { withDraft } from './write/draft.js'
import { errorCode } from '../../system/errorCode.js'
import { absent, fingerprint } from './write/fingerprint.js'
import { destination, overwrite, path, resultPath } from './params.js'
import { folderMaker } from './write/parents.js'
import { refuseVital, statsAt } from './confine/pathTarget.js'
import { progressOf } from './progressOf.js'
import { removeTree } from './write/removeTree.js'
import { destinationTaken, settleAt, withSourceAndDestination } from './write/sourceAndDestination.js'
import type { Roots } from './confine/roots.js'
import { touchOf } from './touches.js'
import { treeBytes } from './write/treeBytes.js'
import type { Place } from './confine/resolvePath.js'

const Params = closed('the params of file.move', { path, destination }, { overwrite })
const Result = closed('the result of file.move', { path: resultPath, destination: resultPath }, {})

/** `file.move`: gives a file, a link or a folder another path. */
export function move(space: Roots): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return {
    type: 'file',
    operation: 'move',
    summary: 'Moves or renames a file or a folder.',
    params: Params,
    result: Result,
    undoes: true,
    effects: (params) => ({
      reads: [touchOf(space, params.path)],
      writes: [touchOf(space, params.path), touchOf(space, params.destination)],
    }),
    perform: ({ path, destination, overwrite = false }, context) =>
      body(() =>
        withSourceAndDestination(space, { path, destination, verb: 'moved', makeFolder: folderMaker(space, context) }, async (from, to) => {
          await refuseVital(space, from, 'moved')
          if (!overwrite && (await statsAt(to)) !== undefined) throw destinationTaken(to)
          await moveTo(space, context, from, to, overwrite)
          return { path: from.label, destination: to.label }
        }),
      ),
  }
}

async function moveTo(space: Roots, context: AttemptContext, from: Place, to: Place, overwrite: boolean): Promise<void> {
  const leaving = await undoableChange(space, context, from)
  const arriving = await undoableChange(space, context, to)
  context.signal.throwIfAborted()
  const arrive = (): Promise<void> =>
    settleAt(from, to, overwrite).catch((thrown: unknown) => {
      if (errorCode(thrown) === 'EXDEV') return copyAcross(context, from, to, overwrite)
      throw thrown
    })
  await leaving.make(
    () => Promise.resolve(absent),
    async () => {
      await arriving.make(() => fingerprint(from, context.signal), arrive)
      // Between two disks the source still stands. Elsewhere it is gone already, and nothing happens here.
      await removeTree(from)
    },
    true,
  )
  await Promise.all([from.folder.sync(), to.folder.sync()])
}

/** A rename does not reach another disk: there the content is copied. */
function copyAcross(context: AttemptContext, from: Place, to: Place, overwrite: boolean): Promise<void> {
  return withDraft(to.folder, async (draft) => {
    await copyTree(from, draft, {
      label: from.label,
      modeOf: (_path, stats) => stats.mode & 0o7777,
      onBytes: progressOf(context, await treeBytes(from, context.signal)),
      signal: context.signal,
    })
    await settleAt(draft, to, overwrite)
  })
}

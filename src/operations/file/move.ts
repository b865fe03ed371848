import { unlinkSync } from 'node:fs'
import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import type { OperationType } from '../../model/operationType.js'
import type { AttemptContext } from '../../model/work.js'
import { errorCode } from '../../system/errorCode.js'
import { body } from '../body.js'
import { exactStatsAt, statsAt } from './confine/entry.js'
import { fileIdOf } from './confine/heldFolder.js'
import { refusedByFolder, refuseMounts, refuseVital } from './confine/pathTarget.js'
import { refuseGitIn } from './tree/refuseGitIn.js'
import type { PathTarget } from './confine/findTarget.js'
import type { Roots } from './confine/roots.js'
import { touchesAt } from './confine/touches.js'
import { destination, overwrite, path, resultPath } from './params.js'
import { copyTree } from './tree/copyTree.js'
import { absent, fingerprint } from './tree/fingerprint.js'
import { progressOf } from './tree/progressOf.js'
import { removeTree } from './tree/removeTree.js'
import { treeBytes } from './tree/treeBytes.js'
import { withDraft } from './write/draft.js'
import { lockTargets } from './write/lockTarget.js'
import { folderMaker } from './write/parents.js'
import { destinationTaken, settleAt, withSourceAndDestination } from './write/sourceAndDestination.js'
import { undoableChange } from './write/undoableChange.js'
import { syncFolderNames } from './confine/syncFolder.js'

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
    effects: (params) => {
      const [from, to] = [touchesAt(space, params.path, false), touchesAt(space, params.destination, false)]
      return { reads: [from.place, ...from.links, ...to.links], writes: [from.place, to.place] }
    },
    perform: ({ path, destination, overwrite = false }, context) =>
      body(() => {
        const walk = { path, destination, verb: 'moved', makeFolder: folderMaker(space, context), signal: context.signal } as const
        return withSourceAndDestination(space, walk, async (from, to) => {
          refuseVital(space, from, 'moved')
          refuseGitIn(space, from, 'moved', context.signal)
          await lockTargets([from, to], context.signal, async () => {
            if (!overwrite && statsAt(to) !== undefined) throw destinationTaken(to)
            await moveTo(space, context, from, to, overwrite)
          })
          return { path: from.label, destination: to.label }
        })
      }),
  }
}

async function moveTo(space: Roots, context: AttemptContext, from: PathTarget, to: PathTarget, overwrite: boolean): Promise<void> {
  const leaving = await undoableChange(space, context, from)
  const arriving = await undoableChange(space, context, to)
  context.signal.throwIfAborted()
  await leaving.make(
    () => Promise.resolve(absent),
    () =>
      arriving.make(
        () => fingerprint(from, context.signal),
        () => arrive(space, context, from, to, overwrite),
      ),
    true,
  )
  await Promise.all([syncFolderNames(from.folder), syncFolderNames(to.folder)])
}

async function arrive(space: Roots, context: AttemptContext, from: PathTarget, to: PathTarget, overwrite: boolean): Promise<void> {
  // Two names of one file: the system would leave both as they are.
  if (isOneFile(from, to)) return unlinkSync(from.folder.at(from.name))
  try {
    await settleAt(space, from, to, overwrite)
  } catch (error) {
    // Either folder may be what forbids it: the source's is asked first.
    if (errorCode(error) !== 'EXDEV') throw refusedByFolder(from, error)
    // A mount point is on another disk than the folder that shows it, and stays where it is.
    refuseMounts(from, 'moved')
    await copyAcross(space, context, from, to, overwrite)
    await removeTree(from)
  }
}

function isOneFile(from: PathTarget, to: PathTarget): boolean {
  const [source, there] = [exactStatsAt(from), exactStatsAt(to)]
  return source !== undefined && there !== undefined && source.isFile() && source.nlink > 1n && fileIdOf(source) === fileIdOf(there)
}

/** A rename does not reach another disk: there the content is copied. */
function copyAcross(space: Roots, context: AttemptContext, from: PathTarget, to: PathTarget, overwrite: boolean): Promise<void> {
  return withDraft(space, to, async (draft) => {
    await copyTree(from, draft, {
      label: from.label,
      modeOf: (_path, stats) => stats.mode & 0o7777,
      onBytes: progressOf(context, await treeBytes(from, context.signal)),
      signal: context.signal,
    })
    await settleAt(space, draft, to, overwrite)
  })
}

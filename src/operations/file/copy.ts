import type * as t from 'io-ts'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import type { OperationType } from '../../model/operationType.js'
import type { AttemptContext } from '../../model/work.js'
import { body } from '../body.js'
import { labelBelow, statsAt } from './confine/entry.js'
import { refuseVital } from './confine/pathTarget.js'
import { refuseGitIn } from './tree/refuseGitIn.js'
import { linkNotCopied } from './confine/refusals.js'
import type { PathTarget } from './confine/findTarget.js'
import type { Roots } from './confine/roots.js'
import { isInside } from './confine/spelling.js'
import { touchesAt } from './confine/touches.js'
import { amount, destination, overwrite, path, resultPath } from './params.js'
import { copyTree, type Copied } from './tree/copyTree.js'
import { fingerprint } from './tree/fingerprint.js'
import { progressOf } from './tree/progressOf.js'
import { treeBytes } from './tree/treeBytes.js'
import { withDraft } from './write/draft.js'
import { lockTargets } from './write/lockTarget.js'
import { folderMaker } from './write/parents.js'
import { destinationTaken, settleAt, withSourceAndDestination } from './write/sourceAndDestination.js'
import { undoableChange } from './write/undoableChange.js'
import { syncFolderNames } from './confine/syncFolder.js'

const Params = closed('the params of file.copy', { path, destination }, { overwrite })

const Result = closed(
  'the result of file.copy',
  {
    path: resultPath,
    destination: resultPath,
    files: described(amount, 'How many files were copied.'),
    bytes: described(amount, 'Their size together.'),
  },
  {},
)

/** `file.copy`: copies a file, a link as a link, or a folder with all it holds; whole or not at all. */
export function copy(space: Roots): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return {
    type: 'file',
    operation: 'copy',
    summary: 'Copies a file or a whole folder to a new path.',
    params: Params,
    result: Result,
    undoes: true,
    repeatable: () => true,
    effects: (params) => {
      const [from, to] = [touchesAt(space, params.path, false), touchesAt(space, params.destination, false)]
      return { reads: [from.place, ...from.links, ...to.links], writes: [to.place] }
    },
    perform: ({ path, destination, overwrite = false }, context) =>
      body(() => {
        const walk = { path, destination, verb: 'copied', makeFolder: folderMaker(space, context), signal: context.signal } as const
        return withSourceAndDestination(space, walk, async (from, to) => {
          refuseVital(space, from, 'copied')
          refuseGitIn(space, from, 'copied', context.signal)
          if (!overwrite && statsAt(to) !== undefined) throw destinationTaken(to)
          const copied = await copyTo(space, context, from, to, overwrite)
          return { path: from.label, destination: to.label, ...copied }
        })
      }),
  }
}

function copyTo(space: Roots, context: AttemptContext, from: PathTarget, to: PathTarget, overwrite: boolean): Promise<Copied> {
  return withDraft(space, to, async (draft) => {
    const copied = await copyTree(from, draft, {
      label: from.label,
      modeOf: (_path, stats) => stats.mode & 0o777,
      admitLink: linkJudge(space, from, to),
      onBytes: progressOf(context, await treeBytes(from, context.signal)),
      signal: context.signal,
    })
    // The copy is made by now, however long that took: nobody else was kept waiting.
    await lockTargets([to], context.signal, async () => {
      const change = await undoableChange(space, context, to)
      context.signal.throwIfAborted()
      await change.make(
        () => fingerprint(draft, context.signal),
        () => settleAt(space, draft, to, overwrite),
      )
    })
    await syncFolderNames(to.folder)
    return copied
  })
}

/** Lets links pass that stay inside the roots at their new place. */
function linkJudge(space: Roots, from: PathTarget, to: PathTarget): (path: string, target: string) => void {
  return (path, target) => {
    const leadsTo = isAbsolute(target) ? resolve(target) : join(dirname(join(to.location, path)), target)
    if (!isInside(space, leadsTo)) throw linkNotCopied(space, labelBelow(from.label, path))
  }
}

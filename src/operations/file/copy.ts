import type * as t from 'io-ts'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import type { OperationType } from '../../model/operationType.js'
import type { AttemptContext } from '../../model/work.js'
import { body } from '../body.js'
import { undoableChange } from './write/undoableChange.js'
import { copyTree, type Copied } from './write/copyTree.js'
import { withDraft } from './write/draft.js'
import { labelBelow } from './confine/entry.js'
import { fingerprint } from './write/fingerprint.js'
import { count, destination, overwrite, path, resultPath } from './params.js'
import { folderMaker } from './write/parents.js'
import { refuseVital } from './confine/pathTarget.js'
import { progressOf } from './progressOf.js'
import { linkNotCopied } from './confine/refusals.js'
import { settleAt, withSourceAndDestination } from './write/sourceAndDestination.js'
import { isInside, type Roots } from './confine/roots.js'
import { touchOf } from './touches.js'
import { treeBytes } from './write/treeBytes.js'
import type { Place } from './confine/resolvePath.js'

const Params = closed('the params of file.copy', { path, destination }, { overwrite })

const Result = closed(
  'the result of file.copy',
  {
    path: resultPath,
    destination: resultPath,
    files: described(count, 'How many files were copied.'),
    bytes: described(count, 'Their size together.'),
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
    effects: (params) => ({ reads: [touchOf(space, params.path)], writes: [touchOf(space, params.destination)] }),
    perform: ({ path, destination, overwrite = false }, context) =>
      body(() =>
        withSourceAndDestination(
          space,
          { path, destination, verb: 'copied', makeFolder: folderMaker(space, context) },
          async (from, to) => {
            await refuseVital(space, from, 'copied')
            const copied = await copyTo(space, context, from, to, overwrite)
            return { path: from.label, destination: to.label, ...copied }
          },
        ),
      ),
  }
}

function copyTo(space: Roots, context: AttemptContext, from: Place, to: Place, overwrite: boolean): Promise<Copied> {
  return withDraft(to.folder, async (draft) => {
    const copied = await copyTree(from, draft, {
      label: from.label,
      modeOf: (_path, stats) => stats.mode & 0o777,
      admitLink: await linkJudge(space, from, to),
      onBytes: progressOf(context, await treeBytes(from, context.signal)),
      signal: context.signal,
    })
    const change = await undoableChange(space, context, to)
    context.signal.throwIfAborted()
    await change.make(
      () => fingerprint(draft, context.signal),
      () => settleAt(draft, to, overwrite),
    )
    await to.folder.sync()
    return copied
  })
}

/** Lets links pass that stay inside the roots at their new place. */
async function linkJudge(space: Roots, from: Place, to: Place): Promise<(path: string, target: string) => void> {
  const realRoots = await space.realRoots()
  return (path, target) => {
    const leadsTo = isAbsolute(target) ? resolve(target) : join(dirname(join(to.location, path)), target)
    if (!isInside(space, realRoots, leadsTo)) throw linkNotCopied(space, labelBelow(from.label, path))
  }
}

import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import { finiteNumber } from '../../model/codec/values.js'
import type { OperationType } from '../../model/operationType.js'
import { codedError } from '../../system/errorCode.js'
import { bytesOf, entryBytes, EntryKind, entryKindOf, statsAt } from './confine/entry.js'
import { withTarget } from './confine/pathTarget.js'
import type { Roots } from './confine/roots.js'
import { modeText, modeTextOf, path, resultPath } from './params.js'
import { reading } from './pathOperation.js'

const Params = closed('the params of file.stat', { path }, {})

const Result = closed(
  'the result of file.stat',
  {
    path: resultPath,
    kind: EntryKind,
    bytes: entryBytes,
    mode: described(modeText, 'Its permissions, in octal.'),
    modifiedAt: described(finiteNumber(), 'When its content last changed, in epoch ms.'),
  },
  {},
)

/** `file.stat`: what is at a path. A link is described as a link. */
export function stat(space: Roots): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return reading(space, 'takes-last-link', ({ path }) => path, {
    operation: 'stat',
    summary: 'Reports what is at a path: kind, size, mode and age.',
    params: Params,
    result: Result,
    perform: (params, { signal }) =>
      withTarget(space, params.path, { links: 'parents', purpose: 'read', signal }, (target) => {
        const stats = statsAt(target)
        if (stats === undefined) throw codedError('ENOENT', 'nothing there')
        const { mode, mtimeMs } = stats
        const kind = entryKindOf(stats)
        return Promise.resolve({ path: target.label, kind, bytes: bytesOf(stats), mode: modeTextOf(mode), modifiedAt: mtimeMs })
      }),
  })
}

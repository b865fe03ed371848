import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import { finiteNumber } from '../../model/codec/values.js'
import type { OperationType } from '../../model/operationType.js'
import { codedError } from '../../system/errorCode.js'
import { bytesOf, EntryKind, entryBytes } from './confine/entry.js'
import { modeText, modeTextOf, path, resultPath } from './params.js'
import { kindOf, statsAt, withPlace } from './confine/pathTarget.js'
import type { Roots } from './confine/roots.js'
import { reading } from './confine/pathOperation.js'

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

/** `file.stat`: what is at a path. A link is told as a link. */
export function stat(space: Roots): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return reading(space, ({ path }) => path, {
    operation: 'stat',
    summary: 'Tells what is at a path: kind, size, mode and age.',
    params: Params,
    result: Result,
    perform: (params) =>
      withPlace(space, params.path, { links: 'parents' }, async (place) => {
        const stats = await statsAt(place)
        if (stats === undefined) throw codedError('ENOENT', 'nothing there')
        const { mode, mtimeMs } = stats
        return { path: place.label, kind: kindOf(stats), bytes: bytesOf(stats), mode: modeTextOf(mode), modifiedAt: mtimeMs }
      }),
  })
}

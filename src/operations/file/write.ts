import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import { boolean } from '../../model/codec/values.js'
import type { OperationType } from '../../model/operationType.js'
import { content, encoding } from './write/contentBytes.js'
import { count, modeOf, path, resultPath, writtenMode } from './params.js'
import { writeWhole } from './write/writeWhole.js'
import type { Roots } from './confine/roots.js'
import { changing } from './confine/pathOperation.js'
import { withContent } from './write/withContent.js'

const Params = closed('the params of file.write', { path, content }, { encoding, mode: writtenMode })

const Result = closed(
  'the result of file.write',
  {
    path: resultPath,
    bytes: described(count, 'The size of the file.'),
    created: described(boolean, 'Whether nothing was there before.'),
  },
  {},
)

/** `file.write`: gives a file a new content, whole or not at all. */
export function write(space: Roots): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return changing(space, {
    operation: 'write',
    summary: 'Writes a file, in the stead of one that is there.',
    params: Params,
    result: Result,
    repeatable: () => true,
    perform: (params, context) =>
      withContent(space, context, params, 'all', async (place, bytes) => {
        const mode = params.mode === undefined ? undefined : modeOf(params.mode)
        const { created } = await writeWhole(space, context, place, bytes, { mode })
        return { path: place.label, bytes: bytes.length, created }
      }),
  })
}

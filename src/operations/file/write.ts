import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import { boolean } from '../../model/codec/values.js'
import type { OperationType } from '../../model/operationType.js'
import type { Roots } from './confine/roots.js'
import { amount, inPlace, modeOf, path, resultPath, writtenMode } from './params.js'
import { changing } from './pathOperation.js'
import { content, encoding } from './write/contentBytes.js'
import { withContent } from './write/withContent.js'
import { writeWhole } from './write/writeWhole.js'

const Params = closed('the params of file.write', { path, content }, { encoding, mode: writtenMode })

const Result = closed(
  'the result of file.write',
  {
    path: resultPath,
    bytes: described(amount, 'The size of the file.'),
    created: described(boolean, 'True when nothing was at the path before.'),
  },
  { inPlace },
)

/** `file.write`: gives a file a new content, whole or not at all. */
export function write(space: Roots): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return changing(space, 'follows-last-link', {
    operation: 'write',
    summary: 'Writes a file, replacing any existing one.',
    params: Params,
    result: Result,
    repeatable: () => true,
    perform: (params, context) =>
      withContent(space, context, params, 'all', async (target, bytes) => {
        const mode = params.mode === undefined ? undefined : modeOf(params.mode)
        const written = await writeWhole(space, context, target, bytes, { mode })
        return { path: target.label, bytes: bytes.length, ...written }
      }),
  })
}

import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import { flag } from '../../model/codec/values.js'
import type { OperationType } from '../../model/operationType.js'
import { body } from '../body.js'
import { content, contentBytes, encoding } from './contentBytes.js'
import { count, modeOf, path, resultPath, writtenMode } from './params.js'
import { folderMaker } from './parents.js'
import { withPlace } from './place.js'
import { placeFile } from './placeFile.js'
import type { Space } from './space.js'
import { touchOf } from './touches.js'

const Params = closed('the params of file.write', { path, content }, { encoding, mode: writtenMode })

const Result = closed(
  'the result of file.write',
  {
    path: resultPath,
    bytes: described(count, 'The size of the file.'),
    created: described(flag, 'Whether nothing was there before.'),
  },
  {},
)

/** `file.write`: gives a file a new content, whole or not at all. */
export function write(space: Space): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return {
    type: 'file',
    operation: 'write',
    summary: 'Writes a file, in the stead of one that is there.',
    params: Params,
    result: Result,
    undoes: true,
    effects: (params) => ({ writes: [touchOf(space, params.path)] }),
    perform: (params, context) =>
      body(async () => {
        const bytes = contentBytes(params.content, params.encoding)
        const makeFolder = folderMaker(space, context)
        return withPlace(space, params.path, { links: 'all', makeFolder }, async (place) => {
          const mode = params.mode === undefined ? undefined : modeOf(params.mode)
          const { created } = await placeFile(space, context, place, bytes, { mode })
          return { path: place.label, bytes: bytes.length, created }
        })
      }),
  }
}

import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import type { OperationType } from '../../model/operationType.js'
import { content, encoding } from './write/contentBytes.js'
import { errorCode } from '../../system/errorCode.js'
import { count, modeOf, path, resultPath, writtenMode } from './params.js'
import { statsAt } from './confine/pathTarget.js'
import { writeWhole } from './write/writeWhole.js'
import { alreadyThere } from './confine/refusals.js'
import type { Roots } from './confine/roots.js'
import { changing } from './confine/pathOperation.js'
import { withContent } from './write/withContent.js'

const Params = closed('the params of file.create', { path, content }, { encoding, mode: writtenMode })

const Result = closed('the result of file.create', { path: resultPath, bytes: described(count, 'The size of the file.') }, {})

const wayOut = 'Use write to replace it, or append to add to it.'

/** `file.create`: makes a new file, and never replaces one, not even one that comes to be there in the same moment. */
export function create(space: Roots): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return changing(space, {
    operation: 'create',
    summary: 'Makes a new file; fails if something is there.',
    params: Params,
    result: Result,
    perform: (params, context) =>
      withContent(space, context, params, 'parents', async (place, bytes) => {
        if (await statsAt(place)) throw alreadyThere(place.label, wayOut)
        const mode = params.mode === undefined ? undefined : modeOf(params.mode)
        await writeWhole(space, context, place, bytes, { mode, isNew: true }).catch((thrown: unknown) => {
          throw errorCode(thrown) === 'EEXIST' ? alreadyThere(place.label, wayOut) : thrown
        })
        return { path: place.label, bytes: bytes.length }
      }),
  })
}

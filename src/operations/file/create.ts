import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import type { OperationType } from '../../model/operationType.js'
import { errorCode } from '../../system/errorCode.js'
import { statsAt } from './confine/entry.js'
import { alreadyThere } from './confine/refusals.js'
import type { Roots } from './confine/roots.js'
import { amount, modeOf, path, resultPath, writtenMode } from './params.js'
import { changing } from './pathOperation.js'
import { content, encoding } from './write/contentBytes.js'
import { withContent } from './write/withContent.js'
import { writeWhole } from './write/writeWhole.js'

const Params = closed('the params of file.create', { path, content }, { encoding, mode: writtenMode })

const Result = closed('the result of file.create', { path: resultPath, bytes: described(amount, 'The size of the file.') }, {})

const wayOut = 'Use write to replace it, or append to add to it.'

/** `file.create`: makes a new file, and never replaces one, not even one that comes to be there in the same moment. */
export function create(space: Roots): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return changing(space, 'takes-last-link', {
    operation: 'create',
    summary: 'Makes a new file; fails if something exists at the path.',
    params: Params,
    result: Result,
    perform: (params, context) =>
      withContent(space, context, params, 'parents', async (target, bytes) => {
        if (statsAt(target)) throw alreadyThere(target.label, wayOut)
        const mode = params.mode === undefined ? undefined : modeOf(params.mode)
        await writeWhole(space, context, target, bytes, { mode, isNew: true }).catch((thrown: unknown) => {
          throw errorCode(thrown) === 'EEXIST' ? alreadyThere(target.label, wayOut) : thrown
        })
        return { path: target.label, bytes: bytes.length }
      }),
  })
}

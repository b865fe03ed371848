import { constants } from 'node:fs/promises'
import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { array } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import type { OperationType } from '../../model/operationType.js'
import { body } from '../body.js'
import { applyEdits, Edit } from './write/applyEdits.js'
import { withFile } from './confine/openFile.js'
import { count, path, resultPath } from './params.js'
import { withPlace } from './confine/pathTarget.js'
import { writeWhole } from './write/writeWhole.js'
import { readBytes, textOf, tooLarge } from './find/readFile.js'
import type { Roots } from './confine/roots.js'
import { touchOf } from './touches.js'

const mostBytes = 64 * 1024 * 1024

const Params = closed('the params of file.edit', { path, edits: described(array(Edit, { minItems: 1 }), 'Applied in order.') }, {})

const Result = closed(
  'the result of file.edit',
  {
    path: resultPath,
    replacements: described(count, 'How many places were replaced.'),
    bytes: described(count, 'The size of the file now.'),
  },
  {},
)

/** `file.edit`: exact replacements in a text file, all or none. */
export function edit(space: Roots): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return {
    type: 'file',
    operation: 'edit',
    summary: 'Replaces exact text in a file; fails if it is absent or ambiguous.',
    params: Params,
    result: Result,
    undoes: true,
    effects: (params) => ({ reads: [touchOf(space, params.path)], writes: [touchOf(space, params.path)] }),
    perform: (params, context) =>
      body(() =>
        withPlace(space, params.path, { links: 'all' }, async (place) => {
          const before = await withFile(place, constants.O_RDONLY, async (handle, { size }) => {
            if (size > mostBytes) throw tooLarge(place.label, size, mostBytes, 'Use a program for files as large as this.')
            return textOf(await readBytes(handle, 0, size, context.signal), place.label)
          })
          const { content, replacements } = applyEdits(before, params.edits, place.label)
          const bytes = Buffer.from(content)
          await writeWhole(space, context, place, bytes)
          return { path: place.label, replacements, bytes: bytes.length }
        }),
      ),
  }
}

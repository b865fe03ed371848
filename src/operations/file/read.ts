import { constants } from 'node:fs/promises'
import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import { boolean, text, integer } from '../../model/codec/values.js'
import type { OperationType } from '../../model/operationType.js'
import { withFile } from './confine/openFile.js'
import { count, Encoding, path, resultPath } from './params.js'
import { withPlace } from './confine/pathTarget.js'
import { readBytes, textOf, tooLarge } from './find/readFile.js'
import type { Roots } from './confine/roots.js'
import { reading } from './confine/pathOperation.js'

const defaultMaxBytes = 16 * 1024 * 1024
const mostBytes = 512 * 1024 * 1024

const Params = closed(
  'the params of file.read',
  { path },
  {
    encoding: described(Encoding, 'utf8 for text, base64 for any bytes. Default utf8.'),
    offset: described(count, 'Bytes to leave out at the start. Default 0.'),
    limit: described(integer({ minimum: 1, maximum: mostBytes }), 'Most bytes to read. Default: all.'),
    maxBytes: described(integer({ minimum: 1, maximum: mostBytes }), `More than this is an error. Default ${defaultMaxBytes}.`),
  },
)

const Result = closed(
  'the result of file.read',
  {
    path: resultPath,
    content: described(text(), 'What was read, in the encoding asked for.'),
    bytes: described(count, 'How many bytes the content stands for.'),
  },
  { truncated: described(boolean, 'True when the file goes on after what was read.') },
)

/** `file.read`: the content of a file, or a part of it. */
export function read(space: Roots): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return reading(space, ({ path }) => path, {
    operation: 'read',
    summary: 'Reads a file, as text or base64.',
    params: Params,
    result: Result,
    perform: ({ path, encoding = 'utf8', offset = 0, limit = Infinity, maxBytes = defaultMaxBytes }, { signal }) =>
      withPlace(space, path, { links: 'all' }, (place) =>
        withFile(place, constants.O_RDONLY, async (handle, { size }) => {
          const wanted = Math.min(limit, Math.max(0, size - offset))
          if (wanted > maxBytes) throw tooLarge(place.label, wanted, maxBytes, 'Raise maxBytes, or read a part with offset and limit.')
          const bytes = await readBytes(handle, offset, wanted, signal)
          const cut = offset + bytes.length < size
          const content = encoding === 'utf8' ? textOf(bytes, place.label, cut) : bytes.toString('base64')
          const length = encoding === 'utf8' ? Buffer.byteLength(content) : bytes.length
          return { path: place.label, content, bytes: length, ...(cut && { truncated: true }) }
        }),
      ),
  })
}

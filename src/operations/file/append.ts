import { constants } from 'node:fs/promises'
import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import { boolean } from '../../model/codec/values.js'
import type { OperationType } from '../../model/operationType.js'
import type { AttemptContext } from '../../model/work.js'
import { undoableChange } from './write/undoableChange.js'
import { content, encoding } from './write/contentBytes.js'
import { onCode } from '../../system/errorCode.js'
import { fingerprintOfBytes } from './write/fingerprint.js'
import { refuseOther, withFile } from './confine/openFile.js'
import { count, path, resultPath } from './params.js'
import { refuseVital, statsAt } from './confine/pathTarget.js'
import { writeWhole } from './write/writeWhole.js'
import type { Roots } from './confine/roots.js'
import { changing } from './confine/pathOperation.js'
import type { Place } from './confine/resolvePath.js'
import { withContent } from './write/withContent.js'
import { writeAll } from './write/writeAll.js'

const Params = closed('the params of file.append', { path, content }, { encoding })

const Result = closed(
  'the result of file.append',
  {
    path: resultPath,
    bytes: described(count, 'How many bytes were added.'),
    created: described(boolean, 'Whether nothing was there before.'),
  },
  {},
)

/** `file.append`: adds to the end of a file, which is made when it is not there. */
export function append(space: Roots): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return changing(space, {
    operation: 'append',
    summary: 'Adds to the end of a file.',
    params: Params,
    result: Result,
    perform: (params, context) =>
      withContent(space, context, params, 'all', async (place, bytes) => {
        await refuseVital(space, place, 'appended to')
        const before = await statsAt(place)
        if (before !== undefined) refuseOther(before, place.label)
        // Someone else may make the file in this very moment: then theirs is appended to.
        const created =
          before === undefined &&
          (await writeWhole(space, context, place, bytes, { isNew: true }).then(() => true, onCode(['EEXIST'], false)))
        if (!created) await appendTo(space, context, place, bytes)
        return { path: place.label, bytes: bytes.length, created }
      }),
  })
}

async function appendTo(space: Roots, context: AttemptContext, place: Place, bytes: Uint8Array): Promise<void> {
  const change = await undoableChange(space, context, place)
  await change.make(
    () => fingerprintOfBytes(bytes, place),
    () => addBytes(place, bytes, context.signal),
  )
}

function addBytes(place: Place, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
  return withFile(place, constants.O_WRONLY | constants.O_APPEND, async (handle, { size }) => {
    let added = 0
    const onChunk = (length: number): void => {
      added += length
    }
    await writeAll(handle, bytes, { signal, onChunk })
      .then(() => handle.datasync())
      .catch(async (thrown: unknown) => {
        // A part of a record is worse than none. Where others have appended meanwhile, it is not ours to cut.
        if ((await handle.stat()).size === size + added) await handle.truncate(size)
        throw thrown
      })
  })
}

import { constants, fdatasync, fstatSync, ftruncateSync } from 'node:fs'
import type * as t from 'io-ts'
import { promisify } from 'node:util'
import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import { boolean } from '../../model/codec/values.js'
import type { OperationType } from '../../model/operationType.js'
import type { AttemptContext } from '../../model/work.js'
import { onCode } from '../../system/errorCode.js'
import { exactStatsAt, statsAt } from './confine/entry.js'
import { fileIdOf } from './confine/heldFolder.js'
import { refuseOther, withFile } from './confine/openFile.js'
import { refuseVital } from './confine/pathTarget.js'
import { keepsChanging } from './confine/refusals.js'
import type { PathTarget } from './confine/findTarget.js'
import type { Roots } from './confine/roots.js'
import { amount, path, resultPath } from './params.js'
import { changing } from './pathOperation.js'
import { fingerprintOfBytes } from './tree/fingerprint.js'
import { writeAll } from './tree/writeAll.js'
import { content, encoding } from './write/contentBytes.js'
import { lockFile } from './write/lockTarget.js'
import { undoableChange } from './write/undoableChange.js'
import { withContent } from './write/withContent.js'
import { writeWhole } from './write/writeWhole.js'

const syncBytes = promisify(fdatasync)

const Params = closed('the params of file.append', { path, content }, { encoding })

const Result = closed(
  'the result of file.append',
  {
    path: resultPath,
    bytes: described(amount, 'How many bytes were added.'),
    created: described(boolean, 'True when nothing was at the path before.'),
  },
  {},
)

/** Others may replace the file while it is appended to: what was added to the old one is lost then, and is added to the new one. */
const mostTries = 10

/** `file.append`: adds to the end of a file, which is made when it is not there. */
export function append(space: Roots): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return changing(space, 'follows-last-link', {
    operation: 'append',
    summary: 'Adds to the end of a file.',
    params: Params,
    result: Result,
    perform: (params, context) =>
      withContent(space, context, params, 'all', async (target, bytes) => {
        refuseVital(space, target, 'appended to')
        const before = statsAt(target)
        if (before !== undefined) refuseOther(before, target.label)
        // Someone else may make the file in this very moment: then theirs is appended to.
        const created =
          before === undefined &&
          (await writeWhole(space, context, target, bytes, { isNew: true }).then(() => true, onCode(['EEXIST'], false)))
        if (!created) await appendTo(space, context, target, bytes)
        return { path: target.label, bytes: bytes.length, created }
      }),
  })
}

async function appendTo(space: Roots, context: AttemptContext, target: PathTarget, bytes: Uint8Array): Promise<void> {
  const change = await undoableChange(space, context, target)
  for (let tries = 0; tries < mostTries; tries++) {
    let isStillThere = true
    await change.make(
      () => fingerprintOfBytes(bytes, target),
      async () => {
        isStillThere = await addBytes(target, bytes, context.signal)
      },
    )
    if (isStillThere) return
  }
  throw keepsChanging(target.label, mostTries)
}

/** Adds to the file; false when another one is at the target by now. */
function addBytes(target: PathTarget, bytes: Uint8Array, signal: AbortSignal): Promise<boolean> {
  return withFile(target, constants.O_WRONLY | constants.O_APPEND, async (handle) => {
    const id = fileIdOf(fstatSync(handle, { bigint: true }))
    const isStillThere = (): boolean => {
      const now = exactStatsAt(target)
      return now !== undefined && fileIdOf(now) === id
    }
    return lockFile(id, target.label, signal, () => addTo(handle, bytes, isStillThere, signal))
  })
}

async function addTo(handle: number, bytes: Uint8Array, isStillThere: () => boolean, signal: AbortSignal): Promise<boolean> {
  const { size } = fstatSync(handle)
  let added = 0
  const onChunk = (length: number): void => {
    added += length
  }
  try {
    await writeAll(handle, bytes, { signal, onChunk })
    // At once: who replaces the file later has seen what was added, or overwrites it as they would at any other time.
    const isAdded = isStillThere()
    await syncBytes(handle)
    return isAdded
  } catch (error) {
    // A part of a record is worse than none. Where others have appended meanwhile, it is not ours to cut. The file was opened for
    // writing, and so its size can be set.
    if (fstatSync(handle).size === size + added) ftruncateSync(handle, size)
    throw error
  }
}

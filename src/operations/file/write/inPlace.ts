import { closeSync, constants, fchmodSync, fstatSync, fsync, ftruncateSync, openSync, readSync } from 'node:fs'
import { promisify } from 'node:util'
import type { FolderEntry } from '../confine/entry.js'
import { fileIdOf } from '../confine/heldFolder.js'
import { refuseOther, withFile } from '../confine/openFile.js'
import type { PathTarget } from '../confine/findTarget.js'
import { chunksOf } from '../tree/chunksOf.js'
import { writeAll } from '../tree/writeAll.js'
import { lockFile } from './lockTarget.js'

const syncHandle = promisify(fsync)

/** Larger files are not kept in memory to be put back. */
const mostKept = 64 * 1024 * 1024

export interface InPlaceOptions {
  readonly mode?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** Called immediately before the first byte is written; it throws to stop that. */
  readonly lastLook?: (() => void) | undefined
}

type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/**
 * Gives a file that is there new bytes without a rename: for a file that is a mount point, or in a folder that may not be changed.
 * Readers may see a part of them. When it fails midway the old bytes are put back.
 */
export async function writeInPlace(target: PathTarget, chunks: Chunks, options: InPlaceOptions = {}): Promise<void> {
  const handle = openSync(target.folder.at(target.name), constants.O_RDWR | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const stats = fstatSync(handle, { bigint: true })
    refuseOther(stats, target.label)
    await lockFile(fileIdOf(stats), target.label, options.signal, () => replaceBytes(handle, chunks, options))
  } finally {
    closeSync(handle)
  }
}

/** The same with the bytes of another file. */
export function overwriteWith(from: FolderEntry, to: PathTarget, options?: InPlaceOptions): Promise<void> {
  return withFile({ ...from, label: to.label }, constants.O_RDONLY, (handle) => writeInPlace(to, chunksOf(handle), options))
}

async function replaceBytes(handle: number, chunks: Chunks, { mode, signal, lastLook }: InPlaceOptions): Promise<void> {
  const before = bytesNow(handle)
  signal?.throwIfAborted()
  lastLook?.()
  let length = 0
  try {
    for await (const chunk of chunks) {
      await writeAll(handle, chunk, { position: length })
      length += chunk.length
    }
    ftruncateSync(handle, length)
    if (mode !== undefined) fchmodSync(handle, mode)
    await syncHandle(handle)
  } catch (error) {
    if (before !== undefined) {
      await writeAll(handle, before, { position: 0 })
      ftruncateSync(handle, before.length)
    }
    throw error
  }
}

/** What the file holds; undefined when that is too much to keep. */
function bytesNow(handle: number): Buffer | undefined {
  const { size } = fstatSync(handle)
  if (size > mostKept) return undefined
  const bytes = Buffer.allocUnsafe(size)
  let done = 0
  while (done < size) {
    const read = readSync(handle, bytes, done, size - done, done)
    if (read === 0) break // It is shorter by now.
    done += read
  }
  return bytes.subarray(0, done)
}

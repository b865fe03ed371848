import { write, writeSync } from 'node:fs'
import { promisify } from 'node:util'

const writeLater = promisify(write)

const chunkBytes = 1024 * 1024
/** So many bytes go into the system's memory in less time than handing them to another thread takes. */
const smallBytes = 64 * 1024

export interface WriteOptions {
  readonly signal?: AbortSignal | undefined
  readonly onChunk?: (bytes: number) => void
  /** Where in the file to begin. Default: where the one before ended, or its end when it is open for appending. */
  readonly position?: number
}

/** Writes all bytes, in chunks so that an abort is heeded soon; `onChunk` learns how many each time. */
export async function writeAll(handle: number, bytes: Uint8Array, { signal, onChunk, position }: WriteOptions = {}): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    signal?.throwIfAborted()
    const length = Math.min(chunkBytes, bytes.length - done)
    const at = position === undefined ? null : position + done
    const written =
      length <= smallBytes ? writeSync(handle, bytes, done, length, at) : (await writeLater(handle, bytes, done, length, at)).bytesWritten
    done += written
    onChunk?.(written)
  }
}

import { fstatSync, read, readSync } from 'node:fs'
import { promisify } from 'node:util'

const readLater = promisify(read)

const chunkBytes = 256 * 1024

/** The bytes of an open file. Each chunk is good until the next is asked for: they share their memory. */
export async function* chunksOf(handle: number, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  // Of a small file one read in this thread costs less than handing it to another one.
  const isSmall = fstatSync(handle).size < chunkBytes
  const buffer = Buffer.allocUnsafe(isSmall ? fstatSync(handle).size + 1 : chunkBytes)
  for (;;) {
    signal?.throwIfAborted()
    const bytesRead = isSmall ? readSync(handle, buffer) : (await readLater(handle, buffer, 0, chunkBytes, null)).bytesRead
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}

import type { FileHandle } from 'node:fs/promises'

const chunkBytes = 1024 * 1024

/** Writes all bytes, in chunks so that an abort is heeded soon; `onChunk` learns how many each time. */
export async function writeAll(
  handle: FileHandle,
  bytes: Uint8Array,
  { signal, onChunk }: { readonly signal?: AbortSignal; readonly onChunk?: (bytes: number) => void } = {},
): Promise<void> {
  let done = 0
  while (done < bytes.length) {
    signal?.throwIfAborted()
    const { bytesWritten } = await handle.write(bytes, done, Math.min(chunkBytes, bytes.length - done))
    done += bytesWritten
    onChunk?.(bytesWritten)
  }
}

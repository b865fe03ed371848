import { isUtf8 } from 'node:buffer'
import type { FileHandle } from 'node:fs/promises'
import { OperationFailure } from '../../../model/operationError.js'
import { shown } from '../shown.js'

const chunkBytes = 1024 * 1024

/** At most `length` bytes of an open file, from `offset` on. */
export async function readBytes(handle: FileHandle, offset: number, length: number, signal: AbortSignal): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length)
  let done = 0
  while (done < length) {
    signal.throwIfAborted()
    const { bytesRead } = await handle.read(bytes, done, Math.min(chunkBytes, length - done), offset + done)
    if (bytesRead === 0) break // It is shorter by now.
    done += bytesRead
  }
  return bytes.subarray(0, done)
}

/** Bytes as text. `cut` says that more follows: then part of a character at the end is left out. */
export function textOf(bytes: Buffer, label: string, cut = false): string {
  const whole = cut ? bytes.subarray(0, wholeCharacters(bytes)) : bytes
  if (isUtf8(whole)) return whole.toString('utf8')
  throw new OperationFailure({
    type: 'invalid-params',
    message: `${shown(label)} is not UTF-8 text. Read it with encoding: base64.`,
    retryable: false,
    at: ['encoding'],
  })
}

/** How many bytes there are up to the end of the last whole character. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!
    if ((byte & 0xc0) === 0x80) continue
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return needed > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

export function tooLarge(label: string, bytes: number, limitBytes: number, wayOut: string): OperationFailure {
  return new OperationFailure({
    type: 'too-large',
    message: `${shown(label)} holds ${bytes} bytes, more than the ${limitBytes} allowed. ${wayOut}`,
    retryable: false,
    limitBytes,
  })
}

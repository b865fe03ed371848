import { isUtf8 } from 'node:buffer'
import { read, readSync } from 'node:fs'
import { promisify } from 'node:util'
import { OperationFailure } from '../../../model/operationError.js'
import { shownPath } from '../confine/shownPath.js'

const readLater = promisify(read)

const chunkBytes = 1024 * 1024
const smallBytes = 64 * 1024

/** At most `length` bytes of an open file, from `offset` on. */
export async function readBytes(handle: number, offset: number, length: number, signal: AbortSignal): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length)
  let done = 0
  while (done < length) {
    signal.throwIfAborted()
    const size = Math.min(chunkBytes, length - done)
    // A small piece is read in less time than handing it to another thread takes.
    const small = size <= smallBytes
    const bytesRead = small
      ? readSync(handle, bytes, done, size, offset + done)
      : (await readLater(handle, bytes, done, size, offset + done)).bytesRead
    if (bytesRead === 0) break // It is shorter by now.
    done += bytesRead
  }
  return bytes.subarray(0, done)
}

/** Bytes as text. */
export function decodedText(bytes: Buffer, label: string): string {
  if (isUtf8(bytes)) return bytes.toString('utf8')
  throw new OperationFailure({
    type: 'invalid-params',
    message: `${shownPath(label)} is not UTF-8 text. Read it with encoding: base64.`,
    retryable: false,
    at: ['encoding'],
  })
}

/** How many of these bytes are whole characters; the first one counts as a whole in any case. `limit` bytes were asked for. */
export function wholeCharacters(bytes: Uint8Array, limit: number): number {
  let end = Math.min(limit, bytes.length)
  // Back to where the character begins that the limit falls into.
  while (end > 0 && end < bytes.length && isContinuation(bytes[end]!)) end -= 1
  return end === 0 ? Math.min(bytes.length, lengthOf(bytes[0] ?? 0)) : end
}

export function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80
}

function lengthOf(byte: number): number {
  return byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
}

export function tooLarge(label: string, bytes: number, limitBytes: number, wayOut: string): OperationFailure {
  return new OperationFailure({
    type: 'too-large',
    message: `${shownPath(label)} holds ${bytes} bytes, more than the ${limitBytes} allowed. ${wayOut}`,
    retryable: false,
    limitBytes,
  })
}

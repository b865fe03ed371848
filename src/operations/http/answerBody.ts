import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Dispatcher } from 'undici'
import type { Hop } from './hop.js'

/** A body as far as it was read. */
export interface AnswerBody {
  readonly bytes: Buffer
  /** False when there is more than the limit; then the connection is closed, and `bytes` is the start. */
  readonly complete: boolean
}

/** Reads the body of an answer, decompressed, up to a limit. */
export async function readBody(method: Hop['method'], answer: Dispatcher.ResponseData, limitBytes: number): Promise<AnswerBody> {
  const { body, headers } = answer
  const decompress = isEmpty(method, answer) ? undefined : decompressors.get(single(headers['content-encoding'])?.toLowerCase() ?? '')
  if (decompress === undefined) return takeUpTo(limitBytes, body)
  // Not a `pipeline`: it takes stopping at the limit for a failure.
  const decompressed = decompress()
  body.on('error', (error) => decompressed.destroy(error))
  return takeUpTo(limitBytes, body.pipe(decompressed)).finally(() => body.destroy())
}

const decompressors = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
])

/** Whether an answer has no body at all, also if its headers tell how one would be: then there is nothing to decompress. */
function isEmpty(method: Hop['method'], { statusCode, headers }: Dispatcher.ResponseData): boolean {
  return method === 'HEAD' || statusCode === 204 || statusCode === 304 || headers['content-length'] === '0'
}

async function takeUpTo(limitBytes: number, source: AsyncIterable<Buffer>): Promise<AnswerBody> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of source) {
    chunks.push(chunk)
    size += chunk.length
    if (size > limitBytes) return { bytes: Buffer.concat(chunks, limitBytes), complete: false }
  }
  return { bytes: Buffer.concat(chunks, size), complete: true }
}

/** The first of a header's values. */
export function single(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0]
}

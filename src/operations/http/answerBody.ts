import type { Dispatcher } from 'undici'
import type { AttemptContext } from '../../model/work.js'
import { untilRoom } from '../untilRoom.js'
import { decoded } from './contentCoding.js'
import type { Hop } from './hop.js'

/** A body as far as it was read. */
export interface AnswerBody {
  readonly bytes: Buffer
  /** False when there is more than the limit; then the connection is closed, and `bytes` is the start. */
  readonly complete: boolean
}

/** Reads the body of an answer, decompressed, up to a limit; not while a reader of the run is behind. */
export async function readBody(
  method: Hop['method'],
  answer: Dispatcher.ResponseData,
  limitBytes: number,
  context: Pick<AttemptContext, 'room' | 'signal'>,
): Promise<AnswerBody> {
  const { body, headers } = answer
  const codings = isEmpty(method, answer) ? '' : joined(headers['content-encoding'])
  return takeUpTo(limitBytes, decoded(body, codings), context).finally(() => body.destroy())
}

/** Whether an answer has no body at all, also if its headers tell how one would be: then there is nothing to decompress. */
function isEmpty(method: Hop['method'], { statusCode }: Dispatcher.ResponseData): boolean {
  return method === 'HEAD' || statusCode === 204 || statusCode === 304
}

async function takeUpTo(
  limitBytes: number,
  source: AsyncIterable<Buffer>,
  context: Pick<AttemptContext, 'room' | 'signal'>,
): Promise<AnswerBody> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of source) {
    chunks.push(chunk)
    size += chunk.length
    if (size > limitBytes) return { bytes: Buffer.concat(chunks, limitBytes), complete: false }
    await untilRoom(context)
  }
  return { bytes: Buffer.concat(chunks, size), complete: true }
}

/** The first of a header's values. */
export function single(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0]
}

/** Of a header that was sent more than once, all in one, as the standard has it. */
function joined(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value : (value ?? []).join(',')
}

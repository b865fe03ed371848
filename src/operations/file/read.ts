import { constants, type Stats } from 'node:fs'
import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import { boolean, text, integer } from '../../model/codec/values.js'
import { OperationFailure } from '../../model/operationError.js'
import type { OperationType } from '../../model/operationType.js'
import { withFile } from './confine/openFile.js'
import { withTarget } from './confine/pathTarget.js'
import type { Roots } from './confine/roots.js'
import { shownPath } from './confine/shownPath.js'
import { decodedText, isContinuation, readBytes, tooLarge, wholeCharacters } from './find/readFile.js'
import { readLines } from './find/readLines.js'
import { amount, Encoding, path, resultPath } from './params.js'
import { reading } from './pathOperation.js'

const defaultMaxBytes = 16 * 1024 * 1024
const mostBytes = 512 * 1024 * 1024
/** A character has at most so many bytes. */
const longestCharacter = 4

const Params = closed(
  'the params of file.read',
  { path },
  {
    encoding: described(Encoding, 'utf8 for text, base64 for any bytes. Default utf8.'),
    offset: described(integer({ minimum: 1 }), 'The first line to read, counted from 1. Default 1.'),
    limit: described(integer({ minimum: 1 }), 'Most lines to read. Default: all.'),
    offsetBytes: described(amount, 'Bytes to skip at the start, instead of lines. Default 0.'),
    limitBytes: described(integer({ minimum: 1, maximum: mostBytes }), 'Most bytes to read, in place of lines. Default: all.'),
    maxBytes: described(integer({ minimum: 1, maximum: mostBytes }), `More than this is an error. Default ${defaultMaxBytes}.`),
  },
)
type ReadParams = t.TypeOf<typeof Params>

const Result = closed(
  'the result of file.read',
  {
    path: resultPath,
    content: described(text(), 'What was read, in the encoding asked for.'),
    bytes: described(amount, 'The size of the content in bytes.'),
  },
  {
    lines: described(amount, 'How many lines were read, if lines were asked for: the next part starts at offset + lines.'),
    truncated: described(boolean, 'True when the file continues after the part that was read.'),
  },
)

interface Part {
  readonly bytes: Buffer
  readonly goesOn: boolean
  readonly lines?: number
}

/** `file.read`: the content of a file, or a part of it. */
export function read(space: Roots): OperationType<ReadParams, t.TypeOf<typeof Result>> {
  return reading(space, 'follows-last-link', ({ path }) => path, {
    operation: 'read',
    summary: 'Reads a file, as text or base64.',
    params: Params,
    result: Result,
    perform: async (params, { signal }) => {
      const asksForLines = params.offset !== undefined || params.limit !== undefined
      if (asksForLines && (params.offsetBytes !== undefined || params.limitBytes !== undefined)) throw bothCounts()
      return withTarget(space, params.path, { links: 'all', purpose: 'read', signal }, (target) =>
        withFile(target, constants.O_RDONLY, async (handle, stats) => {
          const part = await (asksForLines ? linesOfFile : bytesOfFile)(handle, stats, target.label, params, signal)
          const content = params.encoding === 'base64' ? part.bytes.toString('base64') : decodedText(part.bytes, target.label)
          const lines = part.lines !== undefined && { lines: part.lines }
          return { path: target.label, content, bytes: part.bytes.length, ...lines, ...(part.goesOn && { truncated: true }) }
        }),
      )
    },
  })
}

async function linesOfFile(
  handle: number,
  _stats: Stats,
  label: string,
  { offset = 1, limit = Number.MAX_SAFE_INTEGER, maxBytes = defaultMaxBytes }: ReadParams,
  signal: AbortSignal,
): Promise<Part> {
  const read = await readLines(handle, { offset, limit, maxBytes }, signal)
  if (read !== undefined) return read
  throw new OperationFailure({
    type: 'too-large',
    message: `${shownPath(label)}: the lines asked for hold more than the ${maxBytes} bytes allowed. Lower limit, raise maxBytes, or read bytes with offsetBytes and limitBytes.`,
    retryable: false,
    limitBytes: maxBytes,
  })
}

async function bytesOfFile(
  handle: number,
  { size }: Stats,
  label: string,
  { encoding, offsetBytes = 0, limitBytes = Infinity, maxBytes = defaultMaxBytes }: ReadParams,
  signal: AbortSignal,
): Promise<Part> {
  const rest = Math.max(0, size - offsetBytes)
  const wanted = Math.min(limitBytes, rest)
  if (wanted > maxBytes) throw tooLarge(label, wanted, maxBytes, 'Raise maxBytes, or read a part with offset and limit.')
  if (encoding === 'base64') {
    const bytes = await readBytes(handle, offsetBytes, wanted, signal)
    return { bytes, goesOn: offsetBytes + bytes.length < size }
  }
  // With the rest of the last character: where the limit is smaller than the first one, that is read nevertheless.
  const ahead = await readBytes(handle, offsetBytes, Math.min(rest, wanted + longestCharacter - 1), signal)
  if (offsetBytes > 0 && ahead.length > 0 && isContinuation(ahead[0]!)) await refuseWithin(handle, offsetBytes, label, signal)
  const bytes = ahead.subarray(0, wholeCharacters(ahead, wanted))
  return { bytes, goesOn: offsetBytes + bytes.length < size }
}

/** Text cannot begin within a character: says where that one begins. Where none does, the file is no text. */
async function refuseWithin(handle: number, offsetBytes: number, label: string, signal: AbortSignal): Promise<void> {
  const from = Math.max(0, offsetBytes - longestCharacter + 1)
  const before = await readBytes(handle, from, offsetBytes - from, signal)
  const begin = before.findLastIndex((byte) => !isContinuation(byte))
  if (begin === -1 || before[begin]! < 0xc0) return
  throw new OperationFailure({
    type: 'invalid-params',
    message: `${shownPath(label)}: byte ${offsetBytes} lies within a character, which begins at byte ${from + begin}. Set offsetBytes to that.`,
    retryable: false,
    at: ['offsetBytes'],
  })
}

function bothCounts(): OperationFailure {
  return new OperationFailure({
    type: 'invalid-params',
    message: 'Give either lines (offset, limit) or bytes (offsetBytes, limitBytes), not both.',
    retryable: false,
    at: ['offsetBytes'],
  })
}

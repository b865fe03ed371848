import { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'

/** Undoes the codings that a `content-encoding` header names, in the order in which the Fetch standard does: the last one first. */
export function decoded(body: AsyncIterable<Buffer>, contentEncoding: string): AsyncIterable<Buffer> {
  const codings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity')
  // One that nobody here knows is left as it is, and so is what lies under it.
  return codings.every((coding) => decoders.has(coding)) ? codings.reduceRight<AsyncIterable<Buffer>>(undone, body) : body
}

type Decoder = (first: Buffer) => ReturnType<typeof createGunzip>

const decoders: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['gzip', () => createGunzip()],
  ['x-gzip', () => createGunzip()],
  // By the standard it is zlib's format; servers that send the bare stream are as common. The first byte tells: 8 is zlib's method.
  ['deflate', (first) => ((first[0] ?? 0) % 16 === 8 ? createInflate() : createInflateRaw())],
  ['br', () => createBrotliDecompress()],
])

async function* undone(source: AsyncIterable<Buffer>, coding: string): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]()
  let first = await chunks.next()
  while (first.done !== true && first.value.length === 0) first = await chunks.next()
  // Of nothing there is nothing to undo: servers name a coding for empty answers too.
  if (first.done === true) return
  const decoder = decoders.get(coding)!(first.value)
  const input = Readable.from(from(first.value, chunks))
  input.on('error', (error) => decoder.destroy(error))
  try {
    // Not a `pipeline`: it takes stopping at the limit for a failure.
    yield* input.pipe(decoder)
  } finally {
    input.destroy()
    decoder.destroy()
  }
}

async function* from(first: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield first
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value
  } finally {
    await chunks.return?.()
  }
}

import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { errorOf, resultOf, withServer } from './httpAttempt.js'

const test = suite('content codings of http answers')

const text = 'plain text, '.repeat(50)
const nothing = Buffer.alloc(0)
const rows: readonly (readonly [coding: string, body: Buffer])[] = [
  ['gzip', gzipSync(text)],
  ['x-gzip', gzipSync(text)],
  ['GZIP', gzipSync(text)],
  ['deflate', deflateSync(text)],
  ['deflate', deflateRawSync(text)],
  ['deflate', deflateRawSync(text, { level: 0 })],
  ['br', brotliCompressSync(text)],
  ['gzip, gzip', gzipSync(gzipSync(text))],
  ['gzip,br', brotliCompressSync(gzipSync(text))],
  ['br , deflate, gzip', gzipSync(deflateSync(brotliCompressSync(text)))],
  ['', Buffer.from(text)],
  ['gzip', nothing],
  ['deflate', nothing],
  ['br', nothing],
  ['gzip, gzip', nothing],
  ['gzip', gzipSync(nothing)],
  ['gzip, gzip', gzipSync(gzipSync(nothing))],
  ['unheard-of', Buffer.from(text)],
  ['gzip, unheard-of', Buffer.from(text)],
]
for (const length of [true, false])
  for (const [coding, body] of rows)
    test(`${JSON.stringify(coding)} of ${body.length} bytes${length ? '' : ' in chunks'} is read as fetch reads it`, () =>
      withServer(
        (_request, response) => {
          response.writeHead(200, {
            'content-type': 'text/plain',
            'content-encoding': coding,
            ...(length && { 'content-length': body.length }),
          })
          // One byte first: what is looked at to tell two forms apart may come alone.
          if (!length) response.write(body.subarray(0, 1))
          setImmediate(() => response.end(length ? body : body.subarray(1)))
        },
        async (origin) => {
          const { body: read } = await resultOf({ url: origin })
          assert.is(read, await (await fetch(origin)).text())
        },
      ))

for (const [title, body] of [
  ['is cut off', gzipSync(text).subarray(0, 40)],
  ['is no gzip', Buffer.from(text)],
  ['is gzip once and not twice', gzipSync(text)],
] as const)
  test(`a body that ${title} fails, so that no part of it is taken for the whole`, () =>
    withServer(
      (_request, response) => response.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip, gzip' }).end(body),
      async (origin) => assert.is((await errorOf({ url: origin })).type, 'network'),
    ))

test('codings sent in headers of their own are all undone', () =>
  withServer(
    (_request, response) => {
      response.setHeader('content-encoding', ['deflate', 'gzip'])
      response.setHeader('content-type', 'text/plain')
      response.end(gzipSync(deflateSync(text)))
    },
    async (origin) => assert.is((await resultOf({ url: origin })).body, text),
  ))

test.run()

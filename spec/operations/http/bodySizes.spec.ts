import { gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { httpOperations } from '../../../src/operations/http/httpOperations.js'
import { errorOf, resultOf, withServer, plain } from './httpAttempt.js'

const test = suite('bodies of http answers')

test('a body larger than maxBytes is too large, and the connection is closed', async () => {
  let closed: () => void = () => undefined
  const whenClosed = new Promise<void>((resolve) => (closed = resolve))
  await withServer(
    (_request, response) => {
      response.on('close', closed)
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(1000))) continue
        response.once('drain', more)
      }
      more()
    },
    async (origin) => {
      const error = await errorOf({ url: `${origin}/endless`, maxBytes: 5000 })
      assert.equal(error, {
        type: 'too-large',
        message: `GET ${origin}/endless: the response is larger than the limit of 5,000 bytes. Raise maxBytes, or request less.`,
        retryable: false,
        limitBytes: 5000,
      })
      await whenClosed
    },
  )
})

test('a body of exactly maxBytes is taken', () =>
  withServer(
    (_request, response) => response.end('12345'),
    async (origin) => assert.is((await resultOf({ url: origin, maxBytes: 5 })).body, '12345'),
  ))

test('a small body that decompresses to a large one is too large', () =>
  withServer(
    (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(20_000_000))),
    async (origin) => assert.is((await errorOf({ url: origin })).type, 'too-large'),
  ))

test('an operation cannot ask for more than the run allows', () =>
  withServer(
    (_request, response) => response.end('x'.repeat(2000)),
    async (origin) => {
      const [type] = httpOperations({ allowPrivateAddresses: true, maxBytes: 1000 })
      const error = await errorOf({ url: origin, maxBytes: 5000 }, type)
      assert.is(error.type === 'too-large' && error.limitBytes, 1000)
    },
  ))

test('an answer that is not the JSON it claims to be is told', () =>
  withServer(
    (_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('<html>'),
    async (origin) =>
      assert.equal(plain(await errorOf({ url: origin })), {
        type: 'network',
        message:
          `GET ${origin}/: the response is not valid JSON: Unexpected token '<', "<html>" is not valid JSON.` +
          ' Set as: "text" to see it.',
        retryable: false,
        code: 'INVALID_JSON',
      }),
  ))

test.run()

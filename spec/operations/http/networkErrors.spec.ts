import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { freePort } from '../../support/freePort.js'
import { errorOf, withServer, plain } from './httpAttempt.js'

const test = suite('network errors of http request')

test('a refused connection is retryable', async () => {
  const port = await freePort()
  assert.equal(plain(await errorOf({ url: `http://127.0.0.1:${port}/x` })), {
    type: 'network',
    message: `GET http://127.0.0.1:${port}/x: nothing accepts connections there; is the server running? (ECONNREFUSED).`,
    retryable: true,
    code: 'ECONNREFUSED',
  })
})

test('a connection closed without an answer is retryable', () =>
  withServer(
    (request) => request.socket.end(),
    async (origin) =>
      assert.equal(plain(await errorOf({ url: origin })), {
        type: 'network',
        message: `GET ${origin}/: the server closed the connection before its response was complete (UND_ERR_SOCKET).`,
        retryable: true,
        code: 'UND_ERR_SOCKET',
      }),
  ))

test('an answer that breaks off is retryable', () =>
  withServer(
    (_request, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('half', () => response.destroy())
    },
    async (origin) => {
      const error = await errorOf({ url: origin })
      assert.is(error.type, 'network')
      assert.is(error.retryable, true)
    },
  ))

test('what does not speak HTTP is a network error and not retryable', async () => {
  const server = createTcpServer((socket) => socket.resume().end('SSH-2.0-OpenSSH_9.0\r\n'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const error = await errorOf({ url: origin })
  await new Promise((resolve) => server.close(resolve))
  assert.equal(plain(error), {
    type: 'network',
    message: `GET ${origin}/: the server there does not speak HTTP (UND_ERR_HTTP_PARSER).`,
    retryable: false,
    code: 'UND_ERR_HTTP_PARSER',
  })
})

test.run()

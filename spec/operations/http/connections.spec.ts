import { spawn } from 'node:child_process'
import type { lookup, LookupAddress } from 'node:dns'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { requestOperation } from '../../../src/operations/http/httpOperations.js'
import { attempt, localRequest, withServer } from './httpAttempt.js'

const test = suite('connections of http request')

test('do not keep the process alive once they are idle', () =>
  withServer(
    (_request, response) => response.end('ok'),
    async (origin) => {
      const url = new URL('../../../src/operations/http/httpOperations.js', import.meta.url).href
      const script = `
        const { httpOperations } = await import(${JSON.stringify(url)})
        const [type] = httpOperations({ allowPrivateAddresses: true })
        const end = await type.perform({ url: ${JSON.stringify(origin)} }, { signal: new AbortController().signal, room: () => undefined, redact: (text) => text })()
        const ended = performance.now()
        await new Promise((resolve) => setImmediate(resolve))
        const held = process.getActiveResourcesInfo().filter((resource) => resource !== 'PipeWrap' && resource !== 'Immediate')
        process.on('exit', () => console.log(JSON.stringify({ body: end.right.body, held, soon: performance.now() - ended < 3_500 })))`
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
      let told = ''
      child.stdout.on('data', (chunk: Buffer) => {
        told += chunk.toString()
      })
      await new Promise((resolve) => child.on('close', resolve))
      // An idle connection is closed after four seconds: the process has to end before that.
      assert.is(told, '{"body":"ok","held":[],"soon":true}\n')
    },
  ))

test('still being made for an aborted request are given up', async () => {
  const controller = new AbortController()
  let closed: () => void = () => undefined
  const whenClosed = new Promise<void>((resolve) => (closed = resolve))
  // It never answers the TLS handshake, so that the client goes on connecting.
  let aborted = Infinity
  const server = createServer((socket: Socket) => {
    socket.resume().on('close', closed)
    aborted = performance.now()
    controller.abort(new Error('enough'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const end = await attempt({ url: `https://127.0.0.1:${port}` }, localRequest(), controller.signal)
  assert.is(end._tag === 'Left' && end.left.message, 'Error: enough')
  await whenClosed
  await new Promise((resolve) => server.close(resolve))
  assert.ok(performance.now() - aborted < 5_000, 'it was expected to end before the time for connecting does')
})

test('still being made for one request outlive the abort of another', async () => {
  const controller = new AbortController()
  const answers: (() => void)[] = []
  let bothAsked: () => void = () => undefined
  const whenBothAsked = new Promise<void>((resolve) => (bothAsked = resolve))
  const held = (_host: string, _options: object, callback: (error: null, addresses: LookupAddress[]) => void): void => {
    if (answers.push(() => callback(null, [{ address: '127.0.0.1', family: 4 }])) === 2) bothAsked()
  }
  await withServer(
    (_request, response) => response.end('done'),
    async (origin) => {
      // Of the many forms of dns.lookup, the code under test uses this one.
      const type = requestOperation(() => true, Infinity, held as typeof lookup)
      const { port } = new URL(origin)
      const one = attempt({ url: `http://one.test:${port}` }, type, controller.signal)
      const other = attempt({ url: `http://other.test:${port}` }, type)
      await whenBothAsked
      controller.abort(new Error('enough'))
      assert.is((await one)._tag, 'Left')
      await new Promise((resolve) => setTimeout(resolve, 20))
      for (const answer of answers) answer()
      const end = await other
      assert.is(end._tag === 'Right' && end.right.body, 'done')
    },
  )
})

test('work again after one was given up', async () => {
  const type = localRequest()
  await withServer(
    (_request, response) => response.end('ok'),
    async (origin) => {
      const controller = new AbortController()
      const aborted = attempt({ url: origin }, type, controller.signal)
      controller.abort(new Error('enough'))
      assert.is((await aborted)._tag, 'Left')
      for (let n = 0; n < 3; n++) {
        const end = await attempt({ url: origin }, type)
        assert.is(end._tag === 'Right' && end.right.body, 'ok')
      }
    },
  )
})

test.run()

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Makes an operation that waits. */
export type Waits = (ms: number, settings?: object) => object

/**
 * Operations that wait for an answer: of the time of a program its start is a part, which on a busy machine is as long as anything. They
 * run with `--allow-private-addresses`.
 */
export async function withWaits(body: (waits: Waits) => Promise<void>): Promise<void> {
  const server = createServer(({ url = '' }, answer) => void setTimeout(() => answer.end('ok'), Number(url.slice(1))))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  try {
    await body((ms, settings = {}) => ({
      type: 'http',
      operation: 'request',
      params: { url: `http://127.0.0.1:${port}/${ms}` },
      ...settings,
    }))
  } finally {
    server.close().closeAllConnections()
  }
}

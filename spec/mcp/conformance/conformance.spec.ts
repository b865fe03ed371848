import { execFile } from 'node:child_process'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { toolHost } from '../../../src/mcp/host.js'
import { serveOnHttp } from '../../../src/mcp/serve/http.js'
import { protocolServer } from '../../../src/mcp/serve/server.js'
import { inRoot } from '../inRoot.js'
import { fixtureTools } from './fixtureTools.js'

const test = suite('conformance')

const token = 'a token of this spec'

/** Adds the token, which the suite cannot send, and passes everything on as it came. */
async function throughToken(url: string, body: (url: string) => Promise<void>): Promise<void> {
  const proxy = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, authorization: `Bearer ${token}` }
    const passed = request(url, { method: incoming.method, headers, setHost: false }, (response) => {
      outgoing.writeHead(response.statusCode ?? 500, response.headers)
      response.pipe(outgoing)
    })
    passed.on('error', () => outgoing.destroy())
    outgoing.on('close', () => passed.destroy())
    incoming.pipe(passed)
  })
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening))
  try {
    await body(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}/mcp`)
  } finally {
    proxy.closeAllConnections()
    await new Promise((closed) => proxy.close(closed))
  }
}

test(`the suite of the protocol passes, but for what the product does not have`, () =>
  inRoot({}, async (root) => {
    const host = toolHost({ root })
    const makeServer = () => protocolServer(host, '0', fixtureTools)
    const served = await serveOnHttp(host, { makeServer, port: 0, token, log: () => undefined })
    try {
      await throughToken(served.url, async (url) => {
        const args = ['node_modules/@modelcontextprotocol/conformance/dist/index.js', 'server', '--url', url, '--suite', 'all']
        const { code, output } = await new Promise<{ readonly code: unknown; readonly output: string }>((ended) => {
          execFile(
            process.execPath,
            [...args, '--expected-failures', 'spec/mcp/conformance/baseline.yml', '--output-dir', root],
            { maxBuffer: 64 * 1024 * 1024 },
            (error, stdout, stderr) => ended({ code: error === null ? 0 : error.code, output: `${stdout}\n${stderr}` }),
          )
        })
        assert.is(code, 0, output.slice(-4_000))
      })
    } finally {
      await served.close()
    }
  }))

test.run()

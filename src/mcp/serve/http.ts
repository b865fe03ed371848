import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler, isLegacyRequest, type Server } from '@modelcontextprotocol/server'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Host } from '../host.js'
import { preflight, readableBy } from './cors.js'
import { guard } from './guard.js'
import { sessions } from './sessions.js'

export interface HttpServing {
  /** Makes what answers one client, or one request. */
  readonly makeServer: () => Server
  readonly port: number
  readonly token: string
  readonly log: (text: string) => void
}

/** Tools that are being served on 127.0.0.1. */
export interface Served {
  readonly url: string
  /** Ends every connection; done once no work is left. */
  readonly close: () => Promise<void>
}

const path = '/mcp'

/** Serves the tools over HTTP, to clients of this machine that know the token. Rejects when the port cannot be had. */
export async function serveOnHttp(host: Host, { makeServer, port, token, log }: HttpServing): Promise<Served> {
  // Text is escaped as JSON on the way, which may make it longer.
  const maxRequestBodySize = 2 * host.limits.bytes
  const onerror = (error: Error): void => log(error.message)
  const modern = createMcpHandler(makeServer, { legacy: 'reject', maxRequestBodySize, onerror })
  const legacy = sessions(makeServer, maxRequestBodySize)
  const turnAway = guard(token)
  const handler = toNodeHandler(
    {
      async fetch(request) {
        const asked = preflight(request)
        if (asked !== undefined) return asked
        const refused = turnAway(request)
        if (refused !== undefined) return refused.status === 401 ? readableBy(request, refused) : refused
        if (new URL(request.url).pathname !== path) return new Response(`Not found: the tools are at ${path}.\n`, { status: 404 })
        const isLegacy = await isLegacyRequest(request, undefined, { maxRequestBodySize })
        return readableBy(request, await (isLegacy ? legacy.fetch(request) : modern.fetch(request)))
      },
    },
    { onerror, maxRequestBodySize },
  )
  // The adapter reads of Node's own types only what it names, but its types were made without exact optional properties.
  const server = createServer((request, response) => {
    void handler(request as Parameters<typeof handler>[0], response as Parameters<typeof handler>[1])
  })
  await listening(server, port)
  return {
    // A server that listens on a port has an address with one.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    async close() {
      const closed = new Promise<void>((done) => server.close(() => done()))
      await Promise.all([modern.close(), legacy.close()])
      await host.close('the server is ending')
      server.closeAllConnections()
      await closed
    },
  }
}

function listening(server: HttpServer, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}

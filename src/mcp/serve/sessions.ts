import { type Server, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server'
import { randomUUID } from 'node:crypto'

/** Clients of the 2025 revisions over HTTP, each with a server that remembers it, so that the cancel of a call finds the call. */
export interface Sessions {
  readonly fetch: (request: Request) => Promise<Response>
  readonly close: () => Promise<void>
}

interface Session {
  readonly server: Server
  readonly transport: WebStandardStreamableHTTPServerTransport
  usedAt: number
}

/** A client that went away without a word leaves its session behind. */
const idleMs = 60 * 60_000
const mostSessions = 100

export function sessions(makeServer: () => Server, maxRequestBodySize: number): Sessions {
  const open = new Map<string, Session>()

  const drop = async (id: string): Promise<void> => {
    const session = open.get(id)
    open.delete(id)
    await session?.server.close()
  }
  const makeRoom = async (): Promise<void> => {
    const byUse = [...open].sort(([, a], [, b]) => a.usedAt - b.usedAt)
    const idle = byUse.filter(([, { usedAt }], place) => usedAt < performance.now() - idleMs || place < byUse.length - mostSessions + 1)
    await Promise.all(idle.map(([id]) => drop(id)))
  }
  const begin = async (request: Request): Promise<Response> => {
    await makeRoom()
    const server = makeServer()
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      maxRequestBodySize,
      onsessioninitialized: (id) => void open.set(id, { server, transport, usedAt: performance.now() }),
      onsessionclosed: drop,
    })
    await server.connect(transport)
    const response = await transport.handleRequest(request)
    // What was no opening made no session: its server must not stay.
    if (transport.sessionId === undefined || !open.has(transport.sessionId)) await server.close()
    return response
  }
  return {
    async fetch(request) {
      const id = request.headers.get('mcp-session-id')
      if (id === null) return begin(request)
      const session = open.get(id)
      if (session === undefined) return (await isOpening(request)) ? begin(withoutSession(request)) : unknownSession()
      session.usedAt = performance.now()
      return session.transport.handleRequest(request)
    },
    close: async () => {
      await Promise.all([...open.keys()].map(drop))
    },
  }
}

/** A client that was left without its session opens a new one: that it still sends the old id is no reason to turn it away. */
async function isOpening(request: Request): Promise<boolean> {
  if (request.method !== 'POST' || Number(request.headers.get('content-length') ?? Infinity) > mostOpeningBytes) return false
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => undefined)
  return typeof body === 'object' && body !== null && 'method' in body && body.method === 'initialize'
}

const mostOpeningBytes = 64 * 1024

function withoutSession(request: Request): Request {
  const headers = new Headers(request.headers)
  headers.delete('mcp-session-id')
  return new Request(request, { headers })
}

/** By the protocol, what tells a client to begin a new session. */
function unknownSession(): Response {
  const error = { code: -32001, message: 'Session not found: begin a new one with initialize.' }
  return Response.json({ jsonrpc: '2.0', error, id: null }, { status: 404 })
}

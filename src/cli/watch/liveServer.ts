import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LiveRun } from './liveRun.js'
import { liveReader, type LiveReader } from './liveReader.js'

/** A server of one run's page, on this machine alone. */
export interface LiveServer {
  /** The address of the page, with the token it asks for. */
  readonly url: string
  /** Whether anybody has ever looked. */
  readonly seen: () => boolean
  /** Sends what is left to whoever reads it, waits for them at most so long, and ends. */
  readonly close: (waitMs: number) => Promise<void>
}

const tickMs = 100

/**
 * Serves the page of a run on 127.0.0.1, and its events as they come: a snapshot to whoever connects, then what happened, every 100 ms.
 *
 * Whoever asks has to have the token of the address, and to ask this server by its own name: a page of another origin cannot read it,
 * nor can a name that was made to lead here. Rejects when the port is taken.
 */
export async function liveServer(run: LiveRun, port = 0): Promise<LiveServer> {
  const token = randomBytes(24).toString('base64url')
  const readers = new Set<LiveReader>()
  let seen = false
  let hosts: ReadonlySet<string> = new Set()

  const send = (): void => {
    const piece = run.take()
    for (const reader of readers) reader.send(piece)
  }
  // What has happened since the last tick goes to the others first: it is in the snapshot, and must not come to its reader again.
  const snapshot = (): Buffer => {
    send()
    return run.snapshot()
  }

  const server = createServer((request, response) => {
    response
      .setHeader('cache-control', 'no-store')
      .setHeader('x-content-type-options', 'nosniff')
      .setHeader('referrer-policy', 'no-referrer')
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (!isFromHere(request, hosts) || !isEqual(url.searchParams.get('token') ?? '', token)) return refuse(response, 403)
    if (request.method !== 'GET') return refuse(response, 405)
    if (url.pathname === '/') return void response.setHeader('content-type', 'text/html; charset=utf-8').end(run.page())
    if (url.pathname !== '/events') return refuse(response, 404)
    response.setHeader('content-type', 'text/event-stream').flushHeaders()
    const reader = liveReader(response, snapshot)
    readers.add(reader)
    seen = true
    response.on('close', () => readers.delete(reader))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const { port: taken } = server.address() as AddressInfo // It listens on a port, not on a pipe.
  hosts = new Set([`127.0.0.1:${taken}`, `localhost:${taken}`])

  const timer = setInterval(send, tickMs)

  return {
    url: `http://127.0.0.1:${taken}/?token=${token}`,
    seen: () => seen,
    async close(waitMs) {
      clearInterval(timer)
      send()
      const ended = Promise.all(Array.from(readers, (reader) => reader.end()))
      let limit: NodeJS.Timeout | undefined
      await Promise.race([ended, new Promise((later) => (limit = setTimeout(later, waitMs)))])
      clearTimeout(limit)
      server.close()
      server.closeAllConnections()
    },
  }
}

/** The name it was asked by is its own, and no page of another origin asks. */
function isFromHere({ headers: { host, origin } }: IncomingMessage, hosts: ReadonlySet<string>): boolean {
  return host !== undefined && hosts.has(host) && (origin === undefined || hosts.has(origin.replace(/^http:\/\//, '')))
}

/** In a time that says nothing of where they differ, nor of how long they are. */
function isEqual(given: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end()
}

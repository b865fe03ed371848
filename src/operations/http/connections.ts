import type { lookup } from 'node:dns'
import { Socket } from 'node:net'
import type { Dispatcher } from 'undici'
import { checkedLookup } from './checkedLookup.js'
import type { Hop } from './hop.js'
import { noEndpoints, type EndpointPolicy } from './endpoints.js'
import type { AddressPolicy } from './publicAddress.js'

/** Sends requests, over connections that are kept for the next ones. */
export interface Connections {
  /** Rejects with the signal's reason as soon as it is aborted. Reading the body ends with the signal too. */
  readonly send: (hop: Hop, signal: AbortSignal) => Promise<Dispatcher.ResponseData>
}

const connectTimeoutMs = 10_000
const keepAliveMs = 4_000

/**
 * A pool of connections to allowed addresses. Idle ones do not keep the process alive, and end after four seconds.
 *
 * Waiting for an answer has no limit of its own, as an operation's `timeoutMs` is one; connecting has ten seconds.
 */
export function connections(allows: AddressPolicy, resolve?: typeof lookup, endpoints: EndpointPolicy = noEndpoints): Connections {
  const connecting = new Set<Socket>()
  let waiting = 0
  // undici takes 80 ms to load, which a run without requests need not spend.
  const load = async () => {
    const { Agent, buildConnector, request } = await import('undici')
    const checked = buildConnector({ lookup: checkedLookup(allows, resolve), timeout: connectTimeoutMs })
    const named = buildConnector({
      ...(resolve !== undefined && { lookup: checkedLookup(() => true, resolve) }),
      timeout: connectTimeoutMs,
    })
    const agent = new Agent({
      keepAliveTimeout: keepAliveMs,
      keepAliveMaxTimeout: keepAliveMs,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (options, callback) => {
        // The connector's type hides that it gives back the socket.
        const connect = endpoints(options.hostname, Number(options.port) || (options.protocol === 'https:' ? 443 : 80)) ? named : checked
        const socket: unknown = connect(options, (...result) => {
          if (socket instanceof Socket) connecting.delete(socket)
          callback(...result)
        })
        if (socket instanceof Socket) connecting.add(socket)
      },
    })
    return { agent, request }
  }
  let loaded: ReturnType<typeof load> | undefined

  // undici goes on connecting for an aborted request. Nobody waits for such a connection once nobody waits for an answer.
  const abandonConnecting = (): void => {
    if (waiting > 0) return
    for (const socket of connecting) socket.destroy(new Error('The request of this connection was aborted.'))
  }

  const send: Connections['send'] = async ({ url, method, headers, body }, signal) => {
    waiting += 1
    try {
      const { agent, request } = await (loaded ??= load())
      const options = { dispatcher: agent, method, headers: Object.fromEntries(headers), body: body ?? null, signal }
      return await untilAborted(signal, () => request(url, options))
    } finally {
      waiting -= 1
      // Not at once: a request begun in this same turn would join a connection that is about to end.
      if (connecting.size > 0) setImmediate(abandonConnecting)
    }
  }
  return { send }
}

// undici tells of an abort only once it has a connection.
function untilAborted<A>(signal: AbortSignal, work: () => Promise<A>): Promise<A> {
  return new Promise((resolve, reject) => {
    // The reason is whatever the engine aborted with, and goes on as it is.
    const stop = (): void => reject(signal.reason as Error)
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    void work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stop))
  })
}

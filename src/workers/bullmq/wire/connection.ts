import { Redis } from 'ioredis'
import { asyncScheduler } from 'rxjs'

/** Whatever is said over it waits while Redis is out of reach, and is sent again when it is back. */
export function connectTo(url: string, name: string): Redis {
  const connection = new Redis(url, {
    connectionName: name,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(50 * times, 1_000),
    // A Redis that was started anew refuses commands until it has read its files.
    enableReadyCheck: true,
  })
  // Each is told by what does not come; without a listener it would end the process.
  connection.on('error', () => undefined)
  return connection
}

/** Resolves when Redis has answered. Rejects when it has not within this time: the connection is given up then. */
export function reached(connection: Redis, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    if (connection.status === 'ready') return resolve()
    const limit = asyncScheduler.schedule(() => {
      connection.disconnect()
      reject(new Error(`Redis has not answered for ${withinMs / 1_000} s.`))
    }, withinMs)
    connection.once('ready', () => {
      limit.unsubscribe()
      resolve()
    })
    connection.once('end', () => {
      limit.unsubscribe()
      reject(new Error('The connection to Redis was closed.'))
    })
  })
}

/** Why Redis cannot be reached now; undefined when it can. */
export async function unreachable(url: string, withinMs: number): Promise<string | undefined> {
  const connection = new Redis(url, { lazyConnect: true, connectTimeout: withinMs, retryStrategy: () => null, maxRetriesPerRequest: 0 })
  let reason = 'no answer'
  connection.on('error', (error) => (reason = error.message))
  try {
    await connection.connect()
    await connection.ping()
    return undefined
  } catch (error) {
    // Whatever it is, it is the reason: this only asks.
    const message = error instanceof Error ? error.message : String(error)
    return message === 'Connection is closed.' ? reason : message
  } finally {
    connection.disconnect()
  }
}

/** A URL as it may be shown. */
export function urlWithoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//')
}

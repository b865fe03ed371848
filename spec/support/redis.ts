import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { freePort } from './freePort.js'

/** A Redis of a spec's own, which keeps what it holds on disk. */
export interface OwnRedis {
  readonly url: string
  readonly port: number
  /** Kills it, with nothing said. */
  kill(): Promise<void>
  /** Starts it anew, with what it held, or with nothing. */
  start(keep?: boolean): Promise<void>
  /** Everything it holds, as text. */
  everything(): Promise<string>
  close(): Promise<void>
}

export async function ownRedis(): Promise<OwnRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-redis-'))
  let port = await freePort()
  let server: ChildProcess | undefined

  const kill = async (): Promise<void> => {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return
    const exit = once(server, 'exit')
    server.kill('SIGKILL')
    await exit
  }
  const start = async (keep = true): Promise<void> => {
    if (!keep) await rm(join(folder, 'appendonlydir'), { recursive: true, force: true })
    server = startServer(folder, port)
    if (!(await answers(server, port))) throw new Error(`redis-server ended before it answered on port ${port}.`)
  }

  server = startServer(folder, port)
  // Another process may have been given the port meanwhile.
  for (let tries = 1; !(await answers(server, port)); tries++) {
    if (tries === 5) throw new Error('redis-server ended before it answered, on five ports.')
    port = await freePort()
    server = startServer(folder, port)
  }
  const url = urlOf(port)
  return {
    url,
    port,
    kill,
    start,
    async everything() {
      const redis = new Redis(url)
      const keys = await redis.keys('*')
      const dumps = await Promise.all(keys.map((key) => redis.dumpBuffer(key)))
      redis.disconnect()
      return `${keys.join('\n')}\n${dumps.map((dump) => dump?.toString('latin1') ?? '').join('\n')}`
    },
    async close() {
      await kill()
      await rm(folder, { recursive: true, force: true, maxRetries: 20 })
    },
  }
}

const urlOf = (port: number): string => `redis://127.0.0.1:${port}`

function startServer(folder: string, port: number): ChildProcess {
  const settings = {
    port: `${port}`,
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: 'yes',
    appendfsync: 'everysec',
  }
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
  return spawn('redis-server', args, { stdio: 'ignore' })
}

/** Whether it is this server that answers on its port: false when it ends before it does. */
async function answers(server: ChildProcess, port: number): Promise<boolean> {
  const redis = new Redis(urlOf(port), { maxRetriesPerRequest: null, retryStrategy: () => 20 })
  redis.on('error', () => undefined)
  const ended = once(server, 'exit').then(() => false)
  const asked = async (): Promise<boolean> => {
    const isIt = (info: string): boolean => info.includes(`process_id:${server.pid}\r`)
    // Where another has the port, this one is about to end.
    while (!isIt(await redis.info('server'))) await new Promise((resolve) => setTimeout(resolve, 20))
    return true
  }
  try {
    return await Promise.race([ended, asked()])
  } finally {
    redis.disconnect()
  }
}

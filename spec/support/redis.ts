import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'

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
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  let server: ChildProcess | undefined

  const kill = async (): Promise<void> => {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return
    const exit = once(server, 'exit')
    server.kill('SIGKILL')
    await exit
  }
  const start = async (keep = true): Promise<void> => {
    if (!keep) await rm(join(folder, 'appendonlydir'), { recursive: true, force: true })
    const settings = [
      '--port',
      `${port}`,
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--save',
      '',
      '--appendonly',
      'yes',
      '--appendfsync',
      'everysec',
    ]
    server = spawn('redis-server', settings, { stdio: 'ignore' })
    await answers(url)
  }

  await start()
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
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function answers(url: string): Promise<void> {
  const redis = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 20 })
  redis.on('error', () => undefined)
  await redis.ping()
  redis.disconnect()
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

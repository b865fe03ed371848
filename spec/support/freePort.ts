import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * A port that nobody listens on, for a program that is told its port.
 *
 * Not one that the system gives out by itself, as it does to every connection and to every server that names none: another process could
 * be given it before the program has it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000)
    if (await isFree(port)) return port
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    server.listen(port)
    await once(server, 'listening')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) return false
    throw error
  }
  server.close()
  await once(server, 'close')
  return true
}

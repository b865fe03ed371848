import type { Transport } from '@modelcontextprotocol/client'
import { spawn, type ChildProcess } from 'node:child_process'
import type { RedactedStream } from '../../model/work.js'
import { endGroup, endLeftovers } from '../group/processGroup.js'
import { startGroup } from '../group/startGroup.js'

/** A server to start. */
export interface ServerStart {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string | undefined
  /** Takes secrets out of what it writes to its standard error. */
  readonly redacted: RedactedStream
}

/** A started server's connection, and what it last wrote to its standard error. */
export interface ServerProcess {
  readonly transport: Transport
  /** Leads its process group; undefined before it was started. */
  readonly pid: () => number | undefined
  readonly lastWords: () => string
  /** How it ended, in words; undefined while it lives. */
  readonly ending: () => string | undefined
  /** Done once the process and all it started are gone. */
  readonly gone: () => Promise<void>
}

const keptWords = 2_000
const graceMs = 2_000
const mostBufferBytes = 64 * 1024 * 1024

/**
 * A server on stdio in a process group of its own: servers are mostly started by `npx` and the like, and ending only what was
 * started would leave the server itself.
 */
export async function startServer({ command, args, env, cwd, redacted }: ServerStart): Promise<ServerProcess> {
  const { ReadBuffer, serializeMessage } = await import('@modelcontextprotocol/client')
  const buffer = new ReadBuffer({ maxBufferSize: mostBufferBytes })
  let child: ChildProcess | undefined
  let words = ''
  let ending: string | undefined
  let gone: Promise<void> = Promise.resolve()
  let closed = false

  const transport: Transport = {
    start: () =>
      new Promise((resolve, reject) => {
        const {
          child: started,
          group,
          release,
        } = startGroup(env, (marked) => spawn(command, args, { env: marked, cwd, detached: true, stdio: 'pipe' }))
        child = started
        started.once('error', (error) => {
          ending ??= error.message
          reject(error)
          ended()
        })
        started.once('spawn', resolve)
        started.once('exit', (code, signal) => {
          ending = signal === null ? `exit code ${code}` : `signal ${signal}`
          ended()
        })
        // Its pipe breaks when it ends: that it did is told by its exit.
        started.stdin.on('error', () => undefined)
        started.stderr.setEncoding('utf8').on('data', (text: string) => (words = (words + redacted.add(text)).slice(-keptWords)))
        started.stdout.on('data', receive)
        if (group !== undefined) gone = leftBehind(started, group, release)
      }),
    send: (message) =>
      new Promise((resolve, reject) => {
        if (child?.stdin?.writable !== true) reject(new Error('The server has ended.'))
        else if (child.stdin.write(serializeMessage(message))) resolve()
        else child.stdin.once('drain', resolve).once('close', resolve)
      }),
    async close() {
      child?.stdin?.end()
      const group = child?.pid
      if (group !== undefined && ending === undefined) await endGroup(group, graceMs)
      await gone
      ended()
    },
  }

  const receive = (chunk: Buffer): void => {
    buffer.append(chunk)
    for (;;) {
      try {
        const message = buffer.readMessage()
        if (message === null) return
        transport.onmessage?.(message)
      } catch (error) {
        // A line that is no message is told, and the next one may be.
        transport.onerror?.(error instanceof Error ? error : new Error(String(error)))
      }
    }
  }
  const ended = (): void => {
    if (closed) return
    closed = true
    transport.onclose?.()
  }
  return { transport, pid: () => child?.pid, lastWords: () => (words += redacted.end()).trim(), ending: () => ending, gone: () => gone }
}

/** Ends what a server leaves behind; held until then, should this process end first. */
async function leftBehind(child: ChildProcess, group: number, release: () => void): Promise<void> {
  await new Promise<void>((exited) => child.once('exit', () => exited()))
  await endLeftovers(group, graceMs)
  release()
  for (const stream of child.stdio) stream?.destroy()
}

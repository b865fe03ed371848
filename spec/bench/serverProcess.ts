import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { program, type Usage } from './processToEnd.js'

/** A server on stdio, and its one client. */
export interface ServerProcess {
  /** Sends a request and gives its result; rejects with what the server answered instead, or how it ended. */
  ask(method: string, params: object): Promise<unknown>
  tell(method: string): void
  /** To be asked for while no request is under way. */
  usage(): Promise<Usage>
  /** Closes its stdin, and waits for its end. */
  end(): Promise<void>
}

const hook = fileURLToPath(new URL('./tellUsageWhenAsked.cjs', import.meta.url))
const echoServer = fileURLToPath(new URL('./echoServer.cjs', import.meta.url))

/** What Node is started with for a contender: the server of this library as clients start it, or the one written by hand. */
export function serverArgs(contender: string, root: string): readonly string[] {
  return contender.startsWith('by hand') ? [echoServer] : [program, 'mcp', '--root', root]
}

interface Awaited {
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: Error) => void
}

/** The client writes a line, and takes lines as they come: it costs as little for one server as for another. */
export function serverProcess(args: readonly string[]): ServerProcess {
  const child = spawn(process.execPath, ['--require', hook, ...args], { stdio: ['pipe', 'pipe', 'inherit', 'pipe'] })
  const answers = new Map<number, Awaited>()
  const usages: Awaited[] = []
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      for (const { reject: fail } of [...answers.values(), ...usages]) fail(new Error(`The server ended with ${signal ?? code}.`))
      resolve()
    })
  })
  let asked = 0
  const send = (message: object): void => void child.stdin!.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)

  createInterface({ input: child.stdout! }).on('line', (line) => {
    const { id, result, error } = JSON.parse(line) as { readonly id?: number; readonly result?: unknown; readonly error?: unknown } // JSON-RPC.
    const awaited = answers.get(id ?? NaN)
    if (awaited === undefined) return
    answers.delete(id!)
    if (error === undefined) awaited.resolve(result)
    else awaited.reject(new Error(JSON.stringify(error)))
  })
  // The pipe that stdio asks for above.
  createInterface({ input: child.stdio[3] as Readable }).on('line', (line) => usages.shift()?.resolve(JSON.parse(line)))

  return {
    ask(method, params) {
      const id = ++asked
      send({ id, method, params })
      return new Promise((resolve, reject) => answers.set(id, { resolve, reject }))
    },
    tell: (method) => send({ method }),
    usage() {
      child.kill('SIGUSR2')
      return new Promise<Usage>((resolve, reject) => usages.push({ resolve: (usage) => resolve(usage as Usage), reject })) // As the hook writes it.
    },
    end() {
      child.stdin!.end()
      return ended
    },
  }
}

/** The first question of a client. */
export async function initialize(server: ServerProcess): Promise<readonly string[]> {
  const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'bench', version: '0' } }
  const answer = (await server.ask('initialize', params)) as { readonly serverInfo?: { readonly name?: string } } // If it is one.
  return answer.serverInfo?.name === undefined ? [`it answered ${JSON.stringify(answer)}`] : []
}

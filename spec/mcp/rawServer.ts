import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url))

/** A message of the protocol, as far as specs look into it. */
export interface Message {
  readonly id?: number | string
  readonly method?: string
  readonly params?: { readonly [key: string]: unknown }
  readonly result?: { readonly [key: string]: unknown }
  readonly error?: { readonly code: number; readonly message: string }
}

/** The built server on stdio, spoken to line by line. */
export interface RawServer {
  readonly child: ChildProcessWithoutNullStreams
  readonly send: (message: object | string) => void
  /** Sends a request and gives its answer. */
  readonly ask: (method: string, params?: object) => Promise<Message>
  /** The same for a tool. */
  readonly call: (name: string, args: object, meta?: object) => Promise<Message>
  /** Everything heard so far. */
  readonly heard: readonly Message[]
  /** Waits for a message. */
  readonly hear: (wanted: (message: Message) => boolean) => Promise<Message>
  /** Every byte of stdout. */
  readonly stdout: () => string
  readonly stderr: () => string
  /** Ends stdin; gives the exit code once the process has ended. */
  readonly end: () => Promise<number | null>
  readonly ended: Promise<number | null>
}

export function rawServer(args: readonly string[], env: Readonly<Record<string, string>> = {}, cwd?: string): RawServer {
  const child = spawn(process.execPath, [main, 'mcp', ...args], {
    stdio: 'pipe',
    env: { ...process.env, ...env },
    ...(cwd !== undefined && { cwd }),
  })
  const heard: Message[] = []
  const waits = new Set<() => void>()
  let [stdout, stderr, rest, next] = ['', '', '', 1]
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) heard.push(JSON.parse(line) as Message)
    for (const check of waits) check()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.stdin.on('error', () => undefined)
  const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)))

  const hear = (wanted: (message: Message) => boolean): Promise<Message> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        const found = heard.find(wanted)
        if (found === undefined) return
        waits.delete(check)
        resolve(found)
      }
      waits.add(check)
      check()
      void ended.then((code) =>
        reject(new Error(`The server ended with ${code} before it said what was waited for.\n${stdout}\n${stderr}`)),
      )
    })
  const send = (message: object | string): void => {
    child.stdin.write(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`)
  }
  const ask = (method: string, params: object = {}): Promise<Message> => {
    const id = next++
    send({ jsonrpc: '2.0', id, method, params })
    return hear((message) => message.id === id && message.method === undefined)
  }
  return {
    child,
    send,
    ask,
    call: (name, args, meta) => ask('tools/call', { name, arguments: args, ...(meta && { _meta: meta }) }),
    heard,
    hear,
    stdout: () => stdout,
    stderr: () => stderr,
    end: () => {
      child.stdin.end()
      return ended
    },
    ended,
  }
}

/** The same with the opening of the protocol behind it. */
export async function openedServer(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<RawServer> {
  const server = rawServer(args, env)
  await server.ask('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'spec', version: '1' } })
  server.send({ jsonrpc: '2.0', method: 'notifications/initialized' })
  return server
}

/** What an answer says that was asked for as JSON. */
export function factsIn(message: Message): { readonly [key: string]: unknown } {
  return JSON.parse(textOf(message)) as { readonly [key: string]: unknown }
}

export function textOf({ result }: Message): string {
  return ((result?.['content'] ?? []) as readonly { readonly text: string }[]).map(({ text }) => text).join('\n')
}

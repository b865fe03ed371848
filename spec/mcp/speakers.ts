import { Client as ClientV2, StreamableHTTPClientTransport as HttpV2 } from '@modelcontextprotocol/client'
import { StdioClientTransport as StdioV2 } from '@modelcontextprotocol/client/stdio'
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { factsIn, main, openedServer, type Message } from './rawServer.js'

export interface CallOptions {
  readonly signal?: AbortSignal
  readonly onprogress?: (progress: { readonly progress: number }) => void
  readonly timeout?: number
}

/** A client of whatever kind, as far as the matrix asks of it. */
export interface Speaker {
  readonly list: () => Promise<readonly string[]>
  /** What the tool says, asked for as JSON. Rejects when the call was cancelled or timed out. */
  readonly call: (name: string, args: object, options?: CallOptions) => Promise<Readonly<Record<string, unknown>>>
  readonly close: () => Promise<void>
}

/** Where the server is: to be started, or listening. */
export type Place =
  { readonly type: 'stdio'; readonly args: readonly string[] } | { readonly type: 'http'; readonly url: string; readonly token: string }

interface Answer {
  readonly content: readonly { readonly text?: string }[]
}

interface AnyClient {
  listTools(): Promise<{ readonly tools: readonly { readonly name: string }[] }>
  callTool(params: { name: string; arguments: Record<string, unknown> }, ...rest: readonly unknown[]): Promise<Answer>
  close(): Promise<void>
}

const identity = { name: 'spec', version: '1' }
const headersOf = ({ token }: { readonly token: string }) => ({ requestInit: { headers: { authorization: `Bearer ${token}` } } })
const commandOf = ({ args }: { readonly args: readonly string[] }) => ({ command: process.execPath, args: [main, 'mcp', ...args] })

function speakerOf(
  client: AnyClient,
  call: (params: { name: string; arguments: Record<string, unknown> }, options: CallOptions) => Promise<Answer>,
): Speaker {
  return {
    list: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: async (name, args, options = {}) => {
      const { content } = await call({ name, arguments: { ...args, as: 'json' } }, options)
      return JSON.parse(content[0]?.text ?? '') as Readonly<Record<string, unknown>>
    },
    close: () => client.close(),
  }
}

/** The present line of the protocol's package, speaking the newest revision or the older ones. */
const version2 =
  (mode: 'auto' | 'legacy') =>
  async (place: Place): Promise<Speaker> => {
    const client = new ClientV2(identity, { versionNegotiation: { mode } })
    await client.connect(place.type === 'stdio' ? new StdioV2(commandOf(place)) : new HttpV2(new URL(place.url), headersOf(place)))
    return speakerOf(client as AnyClient, async (params, options) => ({ content: textsOf(await client.callTool(params, options)) }))
  }

/** The line before it, which most clients use. */
const version1 = async (place: Place): Promise<Speaker> => {
  const client = new ClientV1(identity)
  const transport = place.type === 'stdio' ? new StdioV1(commandOf(place)) : new HttpV1(new URL(place.url), headersOf(place))
  // Its types were made without exact optional properties.
  await client.connect(transport as Parameters<typeof client.connect>[0])
  return speakerOf(client as unknown as AnyClient, async (params, options) => {
    return { content: textsOf(await client.callTool(params, undefined, options)) }
  })
}

/** The texts of an answer, in which nothing else may stand: what a program takes is in the same text. */
function textsOf(answer: object): Answer['content'] {
  if ('structuredContent' in answer) throw new Error('An answer has one form.')
  return 'content' in answer ? (answer.content as Answer['content']) : []
}

/** No package at all: lines on a pipe, or requests that are answered as a stream of events. */
const raw = async (place: Place): Promise<Speaker> => (place.type === 'stdio' ? rawLines(place.args) : rawRequests(place))

async function rawLines(args: readonly string[]): Promise<Speaker> {
  const server = await openedServer(args)
  let next = 1_000
  return {
    list: async () => namesIn(await server.ask('tools/list')),
    async call(name, given, { signal, onprogress, timeout } = {}) {
      const id = next++
      const before = server.heard.length
      const leave = cancelled(signal, timeout, () => server.send(cancelOf(id)))
      server.send(callOf(id, name, given))
      const answered = await Promise.race([server.hear((message) => message.id === id && message.method === undefined), leave])
      for (const { method, params } of server.heard.slice(before))
        if (method === 'notifications/progress') onprogress?.(params as unknown as { progress: number })
      return factsIn(answered)
    },
    close: async () => {
      await server.end()
    },
  }
}

async function rawRequests({ url, token }: { readonly url: string; readonly token: string }): Promise<Speaker> {
  let session: string | undefined
  const post = async (body: object): Promise<readonly Message[]> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(session !== undefined && { 'mcp-session-id': session, 'mcp-protocol-version': '2025-11-25' }),
      },
      body: JSON.stringify(body),
    })
    session ??= response.headers.get('mcp-session-id') ?? undefined
    const text = await response.text()
    return text.split('\n').flatMap((line) => (line.startsWith('data: ') ? [JSON.parse(line.slice('data: '.length)) as Message] : []))
  }
  const opening = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: identity }
  await post({ jsonrpc: '2.0', id: 0, method: 'initialize', params: opening })
  await post({ jsonrpc: '2.0', method: 'notifications/initialized' })
  let next = 1
  return {
    list: async () => namesIn((await post({ jsonrpc: '2.0', id: next++, method: 'tools/list', params: {} })).at(-1)!),
    async call(name, given, { signal, onprogress, timeout } = {}) {
      const id = next++
      const leave = cancelled(signal, timeout, () => void post(cancelOf(id)))
      const messages = await Promise.race([post(callOf(id, name, given)), leave])
      for (const { method, params } of messages)
        if (method === 'notifications/progress') onprogress?.(params as unknown as { progress: number })
      return factsIn(messages.at(-1)!)
    },
    close: () => Promise.resolve(),
  }
}

/** Rejects once the caller has had enough, and says so to the server. */
function cancelled(signal: AbortSignal | undefined, timeout: number | undefined, tell: () => void): Promise<never> {
  return new Promise((_resolve, reject) => {
    const leave = (): void => {
      tell()
      reject(new Error('cancelled'))
    }
    signal?.addEventListener('abort', leave, { once: true })
    if (timeout !== undefined) setTimeout(leave, timeout).unref()
  })
}

const cancelOf = (id: number) => ({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } })
const callOf = (id: number, name: string, args: object) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: { ...args, as: 'json' }, _meta: { progressToken: id } },
})
const namesIn = ({ result }: Message) => ((result?.['tools'] ?? []) as readonly { readonly name: string }[]).map(({ name }) => name)

export const speakers: Readonly<Record<string, (place: Place) => Promise<Speaker>>> = {
  'the v2 client on the newest revision': version2('auto'),
  'the v2 client on the older revisions': version2('legacy'),
  'the v1 client': version1,
  'raw JSON-RPC': raw,
}

import { Client as ClientV2, StreamableHTTPClientTransport as HttpV2 } from '@modelcontextprotocol/client'
import { StdioClientTransport as StdioV2 } from '@modelcontextprotocol/client/stdio'
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { main } from './rawServer.js'
import type { CallOptions, Place } from './speakers.js'

/** What the person behind a client says to a question; it may take its time. */
export type Person = (message: string, signal: AbortSignal) => Promise<PersonReply>
export type PersonReply =
  { readonly action: 'accept'; readonly content: Record<string, string> } | { readonly action: 'decline' | 'cancel' }

/** A client that can ask its user. */
export interface AskedClient {
  readonly call: (args: object, options?: CallOptions, tool?: string) => Promise<{ readonly text: string; readonly isError: boolean }>
  readonly close: () => Promise<void>
}

const identity = { name: 'spec', version: '1' }
const capabilities = { elicitation: {} }
const headersOf = ({ token }: { readonly token: string }) => ({ requestInit: { headers: { authorization: `Bearer ${token}` } } })
const commandOf = ({ args }: { readonly args: readonly string[] }) => ({ command: process.execPath, args: [main, 'mcp', ...args] })

const version2 =
  (mode: 'auto' | 'legacy') =>
  async (place: Place, person: Person): Promise<AskedClient> => {
    const client = new ClientV2(identity, { capabilities, versionNegotiation: { mode } })
    client.setRequestHandler('elicitation/create', async ({ params }, { mcpReq }) => person(params.message, mcpReq.signal))
    await client.connect(place.type === 'stdio' ? new StdioV2(commandOf(place)) : new HttpV2(new URL(place.url), headersOf(place)))
    return {
      call: async (args, options, name = 'batch_execute') => answerIn(await client.callTool({ name, arguments: { ...args } }, options)),
      close: () => client.close(),
    }
  }

const version1 = async (place: Place, person: Person): Promise<AskedClient> => {
  const client = new ClientV1(identity, { capabilities })
  client.setRequestHandler(ElicitRequestSchema, async ({ params }, { signal }) => person(params.message, signal))
  const transport = place.type === 'stdio' ? new StdioV1(commandOf(place)) : new HttpV1(new URL(place.url), headersOf(place))
  // Its types were made without exact optional properties.
  await client.connect(transport as Parameters<typeof client.connect>[0])
  return {
    call: async (args, options, name = 'batch_execute') =>
      answerIn(await client.callTool({ name, arguments: { ...args } }, undefined, options)),
    close: () => client.close(),
  }
}

function answerIn(result: object): { readonly text: string; readonly isError: boolean } {
  const { content, isError } = result as { readonly content: readonly { readonly text: string }[]; readonly isError?: boolean }
  return { text: content.map(({ text }) => text).join('\n'), isError: isError === true }
}

export const askedClients: Readonly<Record<string, (place: Place, person: Person) => Promise<AskedClient>>> = {
  'the v2 client on the newest revision': version2('auto'),
  'the v2 client on the older revisions': version2('legacy'),
  'the v1 client': version1,
}

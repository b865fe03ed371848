// mcp/serve: the protocol, over stdio and HTTP.
import {
  ProtocolError,
  ProtocolErrorCode,
  Server,
  type CallToolResult,
  type InputRequiredResult,
  type ServerContext,
} from '@modelcontextprotocol/server'
import { isPlainObject, own } from '../../model/codec/plainObject.js'
import { traceContextOf, type TraceContext } from '../../model/text/traceIds.js'
import { refusalOf } from '../answers/refusal.js'
import type { CallRound, RoundEnd } from '../asking/suspendedCalls.js'
import type { Host } from '../host.js'
import type { Tool } from '../tool.js'
import { askingResult, askWithin, replyIn, waysToAsk } from './elicitation.js'
import { oneHost, type Hosts } from './hosts.js'
import type { ToolAnswer } from '../answers/toolAnswer.js'
import { guideResource, guideText } from '../describe/guideResource.js'
import { instructions } from '../describe/instructions.js'
import { tools } from '../tools/tools.js'

/**
 * The protocol's server for one connection. The schemas of the tools are given out as they are, and what comes in is checked by the
 * tools' own decoders: so that a wrong message is an answer a model can learn from, with every fault, and not an error of the protocol.
 */
export function protocolServer(from: Hosts | Host, version: string, served: readonly Tool[] = tools): Server {
  const { hostFor } = 'hostFor' in from ? from : oneHost(from)
  const server = new Server({ name: 'millrace', version }, { capabilities: { tools: {}, resources: {} }, instructions })
  server.setRequestHandler('resources/list', () => ({ resources: [{ ...guideResource }] }))
  server.setRequestHandler('resources/read', ({ params }) => ({ contents: [guideAt(params.uri)] }))
  server.setRequestHandler('tools/list', async () => {
    const host = await hostFor(server)
    return { tools: served.map((tool) => listing(tool, host)) }
  })
  server.setRequestHandler('tools/call', async ({ params }, context) => {
    const tool = served.find(({ name }) => name === params.name)
    if (tool === undefined) return resultOf(unknownTool(params.name, served))
    const host = await hostFor(server)
    const round = roundOf(params, context)
    const handle = context.mcpReq.requestState<string>()
    if (handle !== undefined) return roundResult((await host.suspended.goOn(handle, replyIn(context), round)) ?? tooLate)
    switch (waysToAsk(context, server.getClientCapabilities())) {
      case undefined:
        return resultOf(await tool.perform(params.arguments, host, round))
      case 'by-request':
        return resultOf(
          await tool.perform(params.arguments, host, { ...round, ask: askWithin(context, round.signal, host.suspended.limitMs) }),
        )
      case 'by-result':
        return roundResult(await host.suspended.begin((call) => tool.perform(params.arguments, host, call), round))
    }
  })
  return server
}

function listing({ name, describe, inputSchema, annotations, meta }: Tool, host: Host) {
  return {
    name,
    description: describe(host),
    // The protocol's types ask for mutable objects; nothing changes these.
    inputSchema: inputSchema as { type: 'object' },
    annotations,
    ...(meta && { _meta: { ...meta } }),
  }
}

function guideAt(uri: string): { uri: string; mimeType: string; text: string } {
  if (uri !== guideResource.uri)
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no resource "${uri}". There is ${guideResource.uri}.`)
  return { uri, mimeType: guideResource.mimeType, text: guideText }
}

function roundOf(params: { readonly _meta?: unknown }, { mcpReq, http }: ServerContext): CallRound {
  const token = mcpReq._meta?.progressToken ?? tokenIn(params._meta)
  const trace = traceIn(mcpReq._meta) ?? traceIn(params._meta)
  const signals = [mcpReq.signal, http?.req?.signal].filter((signal) => signal !== undefined)
  return {
    signal: signals.length === 1 ? mcpReq.signal : AbortSignal.any(signals),
    ...(trace !== undefined && { trace }),
    ...(token !== undefined && {
      // A report that cannot be delivered changes nothing for the call: its client has gone, and its signal says so.
      onProgress: (progress) =>
        void mcpReq.notify({ method: 'notifications/progress', params: { progressToken: token, ...progress } }).catch(() => undefined),
    }),
  }
}

function traceIn(meta: unknown): TraceContext | undefined {
  return isPlainObject(meta) ? traceContextOf(own(meta, 'traceparent'), own(meta, 'tracestate')) : undefined
}

function tokenIn(meta: unknown): string | number | undefined {
  if (typeof meta !== 'object' || meta === null || !('progressToken' in meta)) return undefined
  const { progressToken } = meta
  return typeof progressToken === 'string' || typeof progressToken === 'number' ? progressToken : undefined
}

function roundResult(end: RoundEnd): CallToolResult | InputRequiredResult {
  return end.type === 'asks' ? askingResult(end) : resultOf(end.answer)
}

/** A call that has ended meanwhile is not begun again: an agent may have done half of its work. */
const tooLate: RoundEnd = {
  type: 'answered',
  answer: refusalOf({
    at: '',
    type: 'answered-too-late',
    message:
      'No call waits for this answer any more: it came after more than 10 minutes or for the second time, or the server was restarted.\nMake the call again.',
  }),
}

/** One form: clients that give their model structured content give it nothing else, and others nothing of it. */
function resultOf({ content, isError }: ToolAnswer): CallToolResult {
  return { content: content.map((part) => ({ ...part })), ...(isError && { isError }) }
}

function unknownTool(name: string, served: readonly Tool[]): ToolAnswer {
  const known = served.map((tool) => tool.name).join(', ')
  const message = `no tool is called "${name}".\nThere are: ${known}.`
  return refusalOf({ at: 'name', type: 'unknown-tool', message }, ['tools/call {"name":"batch_execute","arguments":{"operations":[]}}'])
}

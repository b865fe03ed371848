import type { JsonSchema } from '../model/codec/jsonSchema.js'
import type { ToolAnswer } from './answers/toolAnswer.js'
import type { ServedCall } from './call.js'
import { toolHost, type Host } from './host.js'
import type { Tool, ToolAnnotations } from './tool.js'

/** The options of a call of a tool as a function. */
export interface HandlerOptions extends ServedCall {
  /** What the tool can reach. Default: one host for the working folder, shared by all calls without a host. */
  readonly host?: Host
}

/** A tool of the server as a function: the same text, and in `structuredContent` the same facts for programs. */
export interface McpTool {
  readonly name: string
  readonly inputSchema: JsonSchema
  readonly annotations: ToolAnnotations
  readonly handler: (input: object, options?: HandlerOptions) => Promise<ToolAnswer>
}

export function publicTool({ name, inputSchema, annotations, perform }: Tool): McpTool {
  return {
    name,
    inputSchema,
    annotations,
    handler: (input, { host = defaultHost(), ...call } = {}) => perform(input, host, call),
  }
}

// Shared on purpose: the batch that one call left running is found by the next one.
let shared: Host | undefined
const defaultHost = (): Host => (shared ??= toolHost())

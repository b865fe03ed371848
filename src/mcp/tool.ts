import type { JsonSchema } from '../model/codec/jsonSchema.js'
import type { ToolAnswer } from './answers/toolAnswer.js'
import type { ServedCall } from './call.js'
import type { Host } from './host.js'

/** What a tool declares to clients about its effects. */
export interface ToolAnnotations {
  readonly readOnlyHint: boolean
  readonly destructiveHint?: boolean
  readonly idempotentHint?: boolean
  readonly openWorldHint: boolean
}

/** One tool of the server. */
export interface Tool {
  readonly name: string
  readonly describe: (host: Host) => string
  readonly inputSchema: JsonSchema
  readonly annotations: ToolAnnotations
  /** Fields for particular clients. */
  readonly meta?: { readonly [key: string]: unknown }
  readonly perform: (input: unknown, host: Host, call: ServedCall) => Promise<ToolAnswer>
}

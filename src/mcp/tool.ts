import type { JsonSchema } from '../model/codec/jsonSchema.js'
import type { Host } from './host.js'

/** What a tool says of itself to clients; each is as true as the tool can know. */
export interface ToolAnnotations {
  readonly readOnlyHint: boolean
  readonly destructiveHint?: boolean
  readonly idempotentHint?: boolean
  readonly openWorldHint: boolean
}

/** What a call came to, in the protocol's own form: the same facts twice, for programs and as text. */
export interface ToolAnswer {
  readonly content: readonly { readonly type: 'text'; readonly text: string }[]
  readonly structuredContent: { readonly [key: string]: unknown }
  readonly isError?: true
}

/** How far a call is. `progress` only ever rises. */
export interface CallProgress {
  readonly progress: number
  readonly total: number
  readonly message: string
}

/** What a call gets from whoever made it. */
export interface Call {
  /** Aborted when the caller cancels the call or goes away. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: CallProgress) => void
}

/** One tool of the server. */
export interface Tool {
  readonly name: string
  readonly describe: (host: Host) => string
  readonly inputSchema: JsonSchema
  readonly outputSchema?: JsonSchema
  readonly annotations: ToolAnnotations
  readonly perform: (input: unknown, host: Host, call: Call) => Promise<ToolAnswer>
}

export function answer(text: string, structuredContent: { readonly [key: string]: unknown }): ToolAnswer {
  return { content: [{ type: 'text', text }], structuredContent }
}

/** What a call came to, in the protocol's own form: the same facts twice, for programs and as text. */
export interface ToolAnswer {
  readonly content: readonly { readonly type: 'text'; readonly text: string }[]
  readonly structuredContent: { readonly [key: string]: unknown }
  readonly isError?: true
}

export function answer(text: string, structuredContent: { readonly [key: string]: unknown }): ToolAnswer {
  return { content: [{ type: 'text', text }], structuredContent }
}

// mcp/answers: what a call came to, as the text that a model reads and as the facts that a program takes.

/** The answer of a call: one text for the model, and the same facts as data for a program that calls the tool as a function. */
export interface ToolAnswer {
  readonly content: readonly { readonly type: 'text'; readonly text: string }[]
  readonly structuredContent: { readonly [key: string]: unknown }
  readonly isError?: true
}

type AnswerFacts = ToolAnswer['structuredContent']

/** Makes an answer. Facts that take work are made only when they are read; the protocol never reads them. */
export function answer(text: string, facts: AnswerFacts | (() => AnswerFacts), { isError = false } = {}): ToolAnswer {
  return {
    content: [{ type: 'text', text }],
    get structuredContent() {
      return typeof facts === 'function' ? facts() : facts
    },
    ...(isError && { isError: true as const }),
  }
}

/** In which form an answer is wanted. */
export type AnswerForm = 'text' | 'json'

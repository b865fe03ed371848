/** One call that a model writes. */
export interface Call {
  readonly id: string
  readonly tool: string
  readonly input: unknown
}

/** What a call came back with. */
export interface Answer {
  readonly id: string
  readonly text: string
  /** The same facts once more, for a client that hands both on. */
  readonly structured?: unknown
}

/** Calls as one message of the model, in the form of the Messages API. */
export function callMessage(calls: readonly Call[]): string {
  return JSON.stringify({ role: 'assistant', content: calls.map(({ id, tool, input }) => ({ type: 'tool_use', id, name: tool, input })) })
}

/** What came back, as one message to the model. */
export function answerMessage(answers: readonly Answer[]): string {
  const content = answers.map(({ id, text, structured }) => ({
    type: 'tool_result',
    tool_use_id: id,
    content: text,
    ...(structured !== undefined && { structuredContent: structured }),
  }))
  return JSON.stringify({ role: 'user', content })
}

/** A value as the text of a result. */
export function valueText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null')
}

/** Why an answer of an endpoint is not a whole answer. */
export interface ChatProblem {
  readonly reason: string
  /** Whether asking again may give a whole one. */
  readonly retryable: boolean
}

const cut: ChatProblem = { reason: 'its answer was cut off at its token limit; raise "maxTokens"', retryable: false }
const filtered: ChatProblem = { reason: 'its answer was withheld by a content filter', retryable: false }
const tools: ChatProblem = { reason: 'it asked for a tool, and no tools are offered to this agent', retryable: false }

/** Reasons that endpoints give for an end that leaves no whole answer; any other reason, such as `stop`, is a good end. */
const problems: ReadonlyMap<string, ChatProblem> = new Map([
  ['length', cut],
  ['max_tokens', cut],
  ['model_length', cut],
  ['content_filter', filtered],
  ['safety', filtered],
  ['recitation', filtered],
  ['tool_calls', tools],
  ['tool_use', tools],
  ['function_call', tools],
  ['refusal', { reason: 'the model refused', retryable: false }],
  ['error', { reason: 'it reported an error without a message', retryable: true }],
  ['abort', { reason: 'the endpoint aborted its answer', retryable: true }],
])

/** What the reason of an end says against its answer; undefined when the answer is whole. */
export function finishProblem(reason: string): ChatProblem | undefined {
  return problems.get(reason.toLowerCase())
}

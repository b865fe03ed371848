import { OperationFailure } from '../../model/operationError.js'
import { quoteText } from '../../model/fault/quote.js'
import type { AgentKind } from './agentKind.js'
import type { ConversationTurn } from './runner.js'

/** The failure of an operation outside what agents of a kind may do. */
export function notAllowed(operation: string, { name, allow }: AgentKind): OperationFailure {
  const may = allow.length === 0 ? 'nothing by themselves' : allow.join(', ')
  const message =
    `Agents of kind ${quoteText(name)} are not allowed to perform ${quoteText(operation)}; they can perform ${may}. ` +
    `Choose another kind, or allow it in the config: "agents": {${quoteText(name)}: {"allow": [${quoteText(operation)}]}}.`
  return new OperationFailure({ type: 'not-allowed', message, retryable: false, what: operation })
}

/** The failure of a task in words for a kind that nothing runs. */
export function noRunner(agent: string, kind: string): OperationFailure {
  const message =
    `Agents of kind ${quoteText(kind)} have no runner, and cannot do a task given in words. ` +
    `Give the agent an operation, or add a runner to the config (--config FILE): ` +
    `"agents": {${quoteText(kind)}: {"runner": {"preset": "claude"}}}, or {"command": ["my-agent"]}, or {"url": …, "model": …}.`
  return agentError(agent, message, false)
}

export function agentError(agent: string, message: string, retryable: boolean, cause?: unknown): OperationFailure {
  return new OperationFailure({ type: 'agent-error', message, retryable, agent, ...(cause !== undefined && { cause }) })
}

/** The failure of a task whose agent asks something that nobody answers. It carries the conversation up to the question, which the answer can continue. */
export function needsInput(agent: string, question: string, conversation: readonly ConversationTurn[]): OperationFailure {
  const message =
    `The agent ${quoteText(agent)} needs an answer before it can continue: ${question}\n` +
    'Give the task again with "conversation": the conversation of this error and {"by": "asker", "text": the answer}. ' +
    'A terminal and MCP clients with elicitation ask immediately; in code, "onInput" answers.'
  return new OperationFailure({ type: 'agent-error', message, retryable: false, agent, needsInput: true, conversation })
}

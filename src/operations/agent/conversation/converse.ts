// operations/agent/conversation: a task in words, turn by turn, until its answer fits, is accepted, or must not go on.
import type { AttemptContext } from '../../../model/work.js'
import { quoteText } from '../../../model/fault/quote.js'
import { OperationFailure, operationErrorOf, type OperationError } from '../../../model/operationError.js'
import type { Outcome } from '../../../model/outcome.js'
import type { Usage } from '../../../model/usage.js'
import type { AgentKind } from '../agentKind.js'
import { causedByTurn } from '../causedBy.js'
import { priced } from '../priced.js'
import { agentError, needsInput } from '../refusals.js'
import type { RunnerReply, ConversationTurn } from '../runner.js'
import { firstRefusal, type Acceptance } from './acceptance.js'
import { readAnswer } from './answer.js'
import { spending } from './spending.js'

/** Asks the person behind the run what an agent has to know, and gives what they say; undefined where they do not answer. */
export type OnInput = (question: AgentQuestion) => PromiseLike<string | undefined>

/** What an agent asks before it can go on. */
export interface AgentQuestion {
  /** The operation that the agent works on. */
  readonly id: string
  readonly agent: string
  readonly kind: string
  readonly question: string
  /** Aborted when the answer is no longer needed. */
  readonly signal: AbortSignal
}

/** A conversation that is about to begin. */
export interface Conversation {
  readonly id: string
  readonly agent: string
  readonly kind: AgentKind
  /** What was said in an earlier attempt to do the task. */
  readonly before: readonly ConversationTurn[]
  readonly accept: Acceptance | undefined
  readonly onInput: OnInput | undefined
  /** Told whatever a turn used, and whether the agent waits for an answer. */
  readonly onUsage?: ((usage: Usage) => void) | undefined
  readonly onWaiting?: ((waiting: boolean) => void) | undefined
  /** Has the agent take one turn, as a child operation with this id. */
  readonly ask: (id: string, turns: readonly ConversationTurn[]) => PromiseLike<Outcome>
}

/** How often an answer that does not fit its schema is asked for again. */
const mostRepairs = 1

/**
 * Leads a conversation to its outcome: the agent's last answer, once it fits the schema of its kind and every check holds.
 *
 * Never rejects. No turn begins once a limit of the budget is reached; what was used until then stays used.
 */
export async function converse(context: AttemptContext, conversation: Conversation): Promise<Outcome> {
  const { id, agent, kind, accept, ask, onInput } = conversation
  const turns: ConversationTurn[] = [...conversation.before]
  const spent = spending()
  let repairs = 0
  let refused = 0
  let reason: string | undefined
  for (let turn = 1; ; turn++) {
    const limit = spent.exceeded(kind.budget)
    if (limit !== undefined) return overBudget(agent, limit, reason)
    const turnId = turn === 1 ? id : `${id}.turn${turn}`
    const outcome = await ask(turnId, turns)
    if (outcome.type !== 'succeeded') return causedByTurn(turnId, outcome)
    const reply = replyIn(outcome.value)
    const usage = reply?.usage && priced(reply.usage, kind.prices)
    spent.add(usage)
    if (usage !== undefined) conversation.onUsage?.(usage)
    if (reply?.question !== undefined) {
      if (reply.text !== '') turns.push({ by: 'agent', text: reply.text })
      turns.push({ by: 'agent', text: reply.question })
      conversation.onWaiting?.(true)
      const asked = { id: context.id, agent, kind: kind.name, question: reply.question, signal: context.signal }
      const said = await answerTo(context, asked, onInput)
      conversation.onWaiting?.(false)
      if (said === undefined) return { type: 'failed', error: needsInput(agent, reply.question, turns).error }
      if (typeof said !== 'string') return { type: 'failed', error: said }
      turns.push({ by: 'asker', text: said })
      continue
    }
    const text = reply?.text ?? JSON.stringify(outcome.value) ?? 'null'
    turns.push({ by: 'agent', text })
    const read = kind.answer === undefined ? undefined : readAnswer(kind.answer, text, context.redact)
    if (read?._tag === 'Left') {
      reason = `its answer does not fit the schema of its kind:\n${read.left}`
      if (repairs++ === mostRepairs) return failure(agent, `The agent ${quoteText(agent)} failed: ${reason}`)
      turns.push({ by: 'asker', text: `Your answer does not fit:\n${read.left}\nSend the whole answer again, as JSON alone.` })
      continue
    }
    const refusal = accept === undefined ? undefined : await firstRefusal(context, `${id}.turn${turn}`, accept)
    if (accept !== undefined && refusal !== undefined) {
      reason = `${refusal.name} failed: ${refusal.error.message}`
      if (context.signal.aborted || ++refused >= accept.tries) return notAccepted(agent, refused, refusal.name, refusal.error)
      turns.push({ by: 'asker', text: `Your work is not accepted. ${refusal.name} failed:\n${outputOf(refusal.error)}\nFix it.` })
      continue
    }
    return { ...outcome, value: valueOf(outcome.value, reply, read?.right, spent.usage) }
  }
}

/** What programs and endpoints say; a function gives whatever it likes. */
function replyIn(value: unknown): RunnerReply | undefined {
  return typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string'
    ? (value as RunnerReply)
    : undefined
}

function valueOf(value: unknown, reply: RunnerReply | undefined, answer: unknown, usage: RunnerReply['usage']): unknown {
  const used = usage === undefined ? {} : { usage }
  if (answer !== undefined) return { answer, ...(reply !== undefined && { text: reply.text }), ...used }
  return reply === undefined ? value : { ...reply, ...used }
}

async function answerTo(
  context: AttemptContext,
  question: AgentQuestion,
  onInput: OnInput | undefined,
): Promise<string | undefined | OperationError> {
  context.emit('input-required', { agent: question.agent, question: question.question })
  try {
    return await onInput?.(question)
  } catch (thrown) {
    return operationErrorOf(thrown)
  }
}

function failure(agent: string, message: string, cause?: OperationError): Outcome {
  return { type: 'failed', error: agentError(agent, message, false, cause).error }
}

function overBudget(agent: string, limit: string, reason: string | undefined): Outcome {
  const why = reason === undefined ? '' : ` Its last turn was not enough: ${reason}`
  const message = `The agent ${quoteText(agent)} was stopped by its budget: ${limit}.${why}`
  return { type: 'failed', error: new OperationFailure({ type: 'over-budget', message, retryable: false, agent }).error }
}

function notAccepted(agent: string, times: number, name: string, error: OperationError): Outcome {
  const tries = times === 1 ? 'once' : `${times} times`
  return failure(agent, `The work of the agent ${quoteText(agent)} was not accepted, ${tries}: ${name} failed: ${error.message}`, error)
}

/** What a check said, for the agent to read. */
function outputOf(error: OperationError): string {
  return [error.message, error.stdout, error.stderr].filter((part) => part !== undefined && part !== '').join('\n')
}

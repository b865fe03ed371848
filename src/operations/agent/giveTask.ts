import type { Outcome } from '../../model/outcome.js'
import type { RetryPolicy } from '../../model/plan.js'
import type { Usage } from '../../model/usage.js'
import type { AttemptContext, Work } from '../../model/work.js'
import type { AgentKind } from './agentKind.js'
import type { PreparedTask } from './preparedTask.js'
import type { Acceptance } from './conversation/acceptance.js'
import { converse } from './conversation/converse.js'
import { noRunner } from './refusals.js'
import type { TextTask, ConversationTurn } from './runner.js'
import { runHttp } from './chat/runHttp.js'
import { runProcess } from './runners/runProcess.js'
import type { Workplace } from './workplace.js'

/** One task on its way to one agent, which may do it. */
export interface Assignment {
  /** The id of the child operation it becomes. */
  readonly id: string
  readonly task: PreparedTask
  readonly kind: AgentKind
  readonly agent: string
  readonly timeoutMs?: number | undefined
  readonly retry?: RetryPolicy | undefined
  /** What has to succeed on what the agent did. */
  readonly accept?: Acceptance | undefined
  /** What was said about the task before. */
  readonly before?: readonly ConversationTurn[] | undefined
  /** Told whatever a turn used, and whether the agent waits for an answer. */
  readonly onUsage?: (usage: Usage) => void
  readonly onWaiting?: (waiting: boolean) => void
  /** What a task in words is given besides its text. Called when its first turn begins. */
  readonly surroundings?: () => Pick<TextTask, 'messages' | 'send' | 'onStart'>
  /** Makes the context that the work itself is given of the one of its attempt. */
  readonly within?: (context: AttemptContext) => AttemptContext
}

/**
 * Has an agent do a task, as child operations of the one whose context this is: an operation as one, a task in words as one for each
 * turn. Never rejects but for an abort before its start.
 */
export function giveTask(context: AttemptContext, assignment: Assignment, place: Workplace): PromiseLike<Outcome> {
  const { id, task, kind, agent, accept, before = [] } = assignment
  if (task.type === 'operation') return asChild(context, assignment, id, (own) => task.operationType.perform(task.params, own))
  // Taken once: an agent is not told its mail anew at each turn.
  const surroundings = once(() => assignment.surroundings?.() ?? { messages: [] })
  const ask = (turnId: string, turns: readonly ConversationTurn[]): PromiseLike<Outcome> => {
    const begin = (): PromiseLike<Outcome> =>
      asChild(context, assignment, turnId, (own) => takeTurn(assignment, task.text, { ...surroundings(), turns }, own, place))
    // Waited for out here: a program that has to wait for others takes no slot and none of its time.
    return kind.runner?.type === 'process' ? place.processes.take(context.signal, async () => begin()) : begin()
  }
  const { onUsage, onWaiting } = assignment
  return converse(context, { id, agent, kind, accept, before, ask, onInput: place.onInput, onUsage, onWaiting })
}

function asChild(
  context: AttemptContext,
  { task, timeoutMs, retry, within = (own) => own }: Assignment,
  id: string,
  perform: (own: AttemptContext) => Work<unknown>,
): PromiseLike<Outcome> {
  return context.child({
    id,
    name: task.name,
    perform: (own) => perform(within(own)),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(retry !== undefined && { retry }),
  })
}

function takeTurn(
  { agent, kind }: Assignment,
  text: string,
  more: Pick<TextTask, 'messages' | 'turns'>,
  context: AttemptContext,
  place: Workplace,
): Work<unknown> {
  const { runner } = kind
  if (runner === undefined) throw noRunner(agent, kind.name)
  const given: TextTask = { text, agent, kind: kind.name, settings: kind, mayAsk: place.onInput !== undefined, ...more }
  switch (runner.type) {
    case 'fn':
      return runner.run(given, context)
    case 'process':
      return runProcess(runner, given, context, place.roots, place.limits)
    case 'http':
      return runHttp(runner, given, context, place.send, place.limits)
  }
}

function once<A>(make: () => A): () => A {
  let made: { readonly value: A } | undefined
  return () => (made ??= { value: make() }).value
}

import type { Outcome } from '../../model/outcome.js'
import type { RetryPolicy } from '../../model/plan.js'
import type { AttemptContext, Work } from '../../model/work.js'
import type { AgentKind } from './agentKind.js'
import type { PreparedTask } from './prepareTask.js'
import { noRunner } from './refusals.js'
import type { TextTask } from './runner.js'
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
  /** What a task in words is given besides its text. Called at each attempt. */
  readonly surroundings?: () => Pick<TextTask, 'messages' | 'send' | 'onStart'>
  /** Makes the context that the work itself is given of the one of its attempt. */
  readonly within?: (context: AttemptContext) => AttemptContext
}

/** Has an agent do a task, as a child operation of the one whose context this is. Never rejects but for an abort before its start. */
export function giveTask(context: AttemptContext, assignment: Assignment, place: Workplace): PromiseLike<Outcome> {
  const { id, task, kind, timeoutMs, retry, within = (own) => own } = assignment
  const begin = (): PromiseLike<Outcome> =>
    context.child({
      id,
      name: task.name,
      perform: (own) => perform(assignment, within(own), place),
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(retry !== undefined && { retry }),
    })
  // Waited for out here: a program that has to wait for others takes no slot and none of its time.
  if (task.type === 'text' && kind.runner?.type === 'process') return place.processes.take(context.signal, async () => begin())
  return begin()
}

function perform(assignment: Assignment, context: AttemptContext, place: Workplace): Work<unknown> {
  const { task, agent, kind, surroundings } = assignment
  if (task.type === 'operation') return task.operationType.perform(task.params, context)
  const { runner } = kind
  if (runner === undefined) throw noRunner(agent, kind.name)
  const given: TextTask = { text: task.text, agent, kind: kind.name, messages: [], ...surroundings?.() }
  switch (runner.type) {
    case 'fn':
      return runner.run(given, context)
    case 'process':
      return runProcess(runner, given, context, place.roots, place.limits)
    case 'http':
      return runHttp(runner, given, context, place.send, place.limits)
  }
}

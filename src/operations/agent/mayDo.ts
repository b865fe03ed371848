import { isAllowed } from '../tool/allowed.js'
import type { AgentKind } from './agentKind.js'
import type { PreparedTask } from './preparedTask.js'
import { noRunner, notAllowed } from './refusals.js'

/** Whether agents of a kind may do a task, or at least have someone who does it. */
export function mayDo(task: PreparedTask, kind: AgentKind): boolean {
  return task.type === 'text' ? kind.runner !== undefined : isAllowed(task.name, kind.allow)
}

/** Throws when an agent may not do a task. */
export function demand(task: PreparedTask, agent: string, kind: AgentKind): void {
  if (mayDo(task, kind)) return
  throw task.type === 'text' ? noRunner(agent, kind.name) : notAllowed(task.name, kind)
}

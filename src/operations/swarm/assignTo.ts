import type { Outcome } from '../../model/outcome.js'
import type { RetryPolicy } from '../../model/plan.js'
import { addUsage, type Usage } from '../../model/usage.js'
import type { AttemptContext } from '../../model/work.js'
import { causedBy } from '../agent/causedBy.js'
import type { Acceptance } from '../agent/conversation/acceptance.js'
import { giveTask } from '../agent/giveTask.js'
import { demand } from '../agent/mayDo.js'
import type { PreparedTask } from '../agent/preparedTask.js'
import { withSignal } from '../agent/withSignal.js'
import type { Workplace } from '../agent/workplace.js'
import type { Agent } from './members/agent.js'
import { deliver } from './deliver.js'
import type { Swarm } from './swarm.js'
import type { Waiters } from './members/waiters.js'

/** One task on its way into a swarm. */
export interface SwarmTask {
  /** The id of the child operation it becomes. */
  readonly id: string
  readonly task: PreparedTask
  /** Undefined for whoever the topology says. */
  readonly agent: Agent | undefined
  readonly timeoutMs?: number | undefined
  readonly retry?: RetryPolicy | undefined
  readonly accept?: Acceptance | undefined
}

/** What all tasks of one operation share. */
export interface Assigning {
  readonly context: AttemptContext
  readonly place: Workplace
  /** Those of its tasks that wait for an agent. */
  readonly untilAbort: Waiters
}

/** Throws when the agent named, or every agent where none is, may not do a task. */
export function demandIn(swarm: Swarm, task: PreparedTask, agent: Agent | undefined): void {
  if (agent === undefined) swarm.demand(task)
  else demand(task, agent.name, agent.kind)
}

/** Has an agent of a swarm do a task once it is free. A task that could not even begin is a failed one. */
export async function assignTo(
  swarm: Swarm,
  { id, task, agent: named, timeoutMs, retry, accept }: SwarmTask,
  { context, place, untilAbort }: Assigning,
): Promise<{ readonly agent: Agent; readonly outcome: Outcome }> {
  const agent = named ?? swarm.route(task)
  context.emit('task-assigned', { swarm: swarm.id, agent: agent.name, task: id, name: task.name })
  const assignment = {
    ...{ id, task, kind: agent.kind, agent: agent.name, timeoutMs, retry, accept },
    ...(task.type === 'text' && inWords(swarm, agent, context)),
    within: (own: AttemptContext) => withSignal(own, swarm.ending),
  }
  const { outcome, state } = await swarm.employ(agent, untilAbort, () => giveTask(context, assignment, place))
  agent.pid = undefined
  context.emit('task-ended', { swarm: swarm.id, agent: agent.name, task: id, state })
  return { agent, outcome: causedBy({ id, task }, outcome) }
}

/** What only a task in words needs: the agent's mail, and what is known of it while it works. */
function inWords(swarm: Swarm, agent: Agent, context: AttemptContext) {
  return {
    surroundings: () => ({
      messages: swarm.mail.take(agent),
      send: (to: string, body: unknown) => void deliver(swarm, agent, [swarm.agentNamed(to, 'to')], body, context),
      onStart: (pid: number) => void (agent.pid = pid),
    }),
    onUsage: (usage: Usage) => void (agent.usage = addUsage(agent.usage, usage)),
    onWaiting: (waiting: boolean) => void (agent.state = waiting ? 'input-required' : 'working'),
  }
}

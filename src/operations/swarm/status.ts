import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { array } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { anyJson, finiteNumber, text, integer } from '../../model/codec/values.js'
import type { OperationType } from '../../model/operationType.js'
import { addUsage, type Usage } from '../../model/usage.js'
import type { Agent } from './members/agent.js'
import { Name, swarmField } from './params.js'
import type { Surroundings } from './surroundings.js'
import { statusEffects } from './swarmEffects.js'

const Params = closed(
  'the params of swarm.status',
  {},
  { swarm: swarmField, agent: described(Name, 'Only this agent, with the messages in its mailbox.') },
)

const count = integer({ minimum: 0 })

const UsageStatus = closed('usage', {}, { inputTokens: count, outputTokens: count, costUsd: finiteNumber({ minimum: 0 }) })

const AgentStatus = closed(
  'an agent',
  {
    name: text(),
    type: text(),
    state: described(text(), 'idle before its first task; then the state of its last one.'),
    mailbox: described(count, 'Messages that wait for it.'),
    waiting: described(count, 'Tasks that wait for it.'),
    ended: described(count, 'Tasks it has ended.'),
  },
  {
    pid: described(count, 'The program that does its task.'),
    usage: described(UsageStatus, 'The usage of its tasks, as far as reported.'),
    messages: described(array(anyJson), 'What waits in its mailbox; asked for by agent.'),
  },
)

const Result = closed(
  'the result of swarm.status',
  {
    id: text(),
    name: text(),
    topology: text(),
    maxAgents: count,
    live: described(count, 'The number of agents.'),
    agents: array(AgentStatus),
  },
  { usage: described(UsageStatus, 'The usage of all its agents.') },
)

/** `swarm.status`: how a swarm and its agents stand. */
export function status({ find, placeOf }: Surroundings): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return {
    type: 'swarm',
    operation: 'status',
    local: true,
    summary: 'Reports the state of a swarm and its agents.',
    params: Params,
    result: Result,
    readOnly: () => true,
    effects: ({ swarm }) => statusEffects(placeOf(swarm)),
    perform({ swarm: asked, agent }) {
      const swarm = find(asked)
      const { id, name, topology, maxAgents, agents } = swarm
      const shown = agent === undefined ? agents.map(statusOf) : [withMessages(swarm.agentNamed(agent, 'agent'))]
      const usage = agents.reduce<Usage | undefined>((sum, one) => (one.usage === undefined ? sum : addUsage(sum, one.usage)), undefined)
      return { id, name, topology: topology.name, maxAgents, live: agents.length, agents: shown, ...(usage && { usage }) }
    },
  }
}

function statusOf({ name, kind, state, mailbox, queue, ended, pid, usage }: Agent): t.TypeOf<typeof AgentStatus> {
  return {
    name,
    type: kind.name,
    state: state ?? 'idle',
    mailbox: mailbox?.length ?? 0,
    waiting: queue?.length ?? 0,
    ended,
    ...(pid !== undefined && { pid }),
    ...(usage !== undefined && { usage }),
  }
}

function withMessages(agent: Agent): t.TypeOf<typeof AgentStatus> {
  return { ...statusOf(agent), messages: agent.mailbox ?? [] }
}

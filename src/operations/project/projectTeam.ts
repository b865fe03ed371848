import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { array } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { text, integer } from '../../model/codec/values.js'

/** The swarm that works on a project. */
export const ProjectTeam = closed(
  'a team for a project',
  {},
  {
    swarmConfig: described(
      closed('a swarm', {}, { topology: text({ minLength: 1 }), maxAgents: integer({ minimum: 1 }) }),
      'The swarm that works on it.',
    ),
    agentTypes: described(array(text({ minLength: 1 })), 'The agents in it, by kind.'),
  },
)
export type ProjectTeam = t.TypeOf<typeof ProjectTeam>

/** The operations that make the swarm of a project, which is made by the operation `project`; none when it asks for no swarm. What they are given is checked as in any plan. */
export function teamPlan(name: string, { swarmConfig, agentTypes = [] }: ProjectTeam): readonly object[] {
  if (swarmConfig === undefined && agentTypes.length === 0) return []
  // No agents without the project that they are to work on.
  const swarm = { id: 'swarm', type: 'swarm', operation: 'init', params: { name, ...swarmConfig }, dependencies: ['project'] }
  const spawns = agentTypes.map((type, index) => ({
    id: `agent${index + 1}`,
    type: 'swarm',
    operation: 'spawn',
    params: { swarm: name, type },
  }))
  return [swarm, ...spawns]
}

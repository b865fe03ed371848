import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { array } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { text, integer } from '../../model/codec/values.js'
import type { OperationType } from '../../model/operationType.js'
import { kindCodec } from '../agent/agentOperations.js'
import { invalid, Name, swarmField } from './params.js'
import type { Surroundings } from './surroundings.js'
import { spawnEffects } from './swarmEffects.js'

const Result = closed(
  'the result of swarm.spawn',
  { swarm: described(text(), 'The id of the swarm.'), agents: described(array(text()), 'The names of the new agents.') },
  {},
)

/** `swarm.spawn`: adds agents of one kind to a swarm, all that are asked for or none. */
export function spawn({ place, find, placeOf }: Surroundings) {
  const kind = kindCodec(place)
  const Params = closed(
    'the params of swarm.spawn',
    {},
    {
      swarm: swarmField,
      type: kind,
      agentType: described(kind, 'Another name for type.'),
      name: described(Name, 'Its name; with a count, the beginning of their names. Default: its type and a number.'),
      count: described(integer({ minimum: 1, maximum: 100_000 }), 'How many. Default 1.'),
    },
  )
  const operationType: OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> = {
    type: 'swarm',
    operation: 'spawn',
    local: true,
    summary: 'Adds agents of one kind to a swarm.',
    params: Params,
    result: Result,
    effects: ({ swarm, type, agentType, name }) => spawnEffects(placeOf(swarm), type ?? agentType, name),
    perform({ swarm: asked, type, agentType, name, count = 1 }, context) {
      const wanted = type ?? agentType
      if (wanted === undefined)
        throw invalid('type', `the kind of agent to spawn is missing. There are ${[...place.kinds.keys()].join(', ')}.`)
      if (type !== undefined && agentType !== undefined)
        throw invalid('agentType', 'it is another name for type, and both are given. Keep one of them.')
      const swarm = find(asked)
      const agents = swarm.spawn(place.kinds.get(wanted)!, count, name) // The codec knows no others.
      for (const agent of agents) context.emit('agent-spawned', { swarm: swarm.id, agent: agent.name, type: wanted })
      return { swarm: swarm.id, agents: agents.map((agent) => agent.name) }
    },
  }
  return operationType
}

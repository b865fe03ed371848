import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import { oneOf, text, integer } from '../../model/codec/values.js'
import type { OperationType } from '../../model/operationType.js'
import { defaultName, Name } from './params.js'
import type { Surroundings } from './surroundings.js'
import { initEffects } from './swarmEffects.js'

const most = 100_000
const defaultMaxAgents = 100

const Result = closed(
  'the result of swarm.init',
  {
    id: described(text(), 'The name for it in later batches.'),
    name: text(),
    topology: text(),
    maxAgents: integer({ minimum: 1 }),
  },
  {},
)

/** `swarm.init`: makes a swarm. One of the same name that is still there stays, and can be used by its id alone. */
export function init({ swarms, made }: Surroundings) {
  const [first = 'mesh', ...others] = swarms.topologies.keys()
  const Params = closed(
    'the params of swarm.init',
    {},
    {
      name: described(Name, 'Its name in this batch. Default: main.'),
      topology: described(oneOf(first, ...others), 'Which agents can write to each other, and which one gets a task. Default: mesh.'),
      maxAgents: described(integer({ minimum: 1, maximum: most }), 'Default 100.'),
    },
  )
  const type: OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> = {
    type: 'swarm',
    operation: 'init',
    local: true,
    summary: 'Makes a swarm of agents.',
    params: Params,
    result: Result,
    undoes: true,
    effects: ({ name }) => initEffects(name),
    perform({ name = defaultName, topology = first, maxAgents = defaultMaxAgents }, context) {
      const swarm = swarms.make(name, swarms.topologies.get(topology)!, maxAgents) // The codec knows no others.
      made(swarm)
      context.onUndo(() => swarm.terminate())
      const facts = { id: swarm.id, name, topology, maxAgents }
      context.emit('swarm-created', facts)
      return facts
    },
  }
  return type
}

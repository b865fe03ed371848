import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { described } from '../../model/codec/described.js'
import { text, integer } from '../../model/codec/values.js'
import type { OperationType } from '../../model/operationType.js'
import { swarmField } from './params.js'
import type { Surroundings } from './surroundings.js'
import { terminateEffects } from './swarmEffects.js'

const Params = closed('the params of swarm.terminate', {}, { swarm: swarmField })

const Result = closed(
  'the result of swarm.terminate',
  { swarm: described(text(), 'The id it had.'), agents: described(integer({ minimum: 0 }), 'The agents it had.') },
  {},
)

/** `swarm.terminate`: stops what agents are doing, refuses what waits, and ends once everything has. */
export function terminate({ find, placeOf }: Surroundings): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return {
    type: 'swarm',
    operation: 'terminate',
    local: true,
    summary: 'Terminates a swarm, and waits until its agents have ended.',
    params: Params,
    result: Result,
    effects: ({ swarm }) => terminateEffects(placeOf(swarm)),
    async perform({ swarm: asked }, context) {
      const swarm = find(asked)
      await swarm.terminate()
      context.emit('swarm-terminated', { swarm: swarm.id })
      return { swarm: swarm.id, agents: swarm.agents.length }
    },
  }
}

import type * as t from 'io-ts'
import { closed } from '../../model/codec/closed.js'
import { anyOf, array } from '../../model/codec/collections.js'
import { described } from '../../model/codec/described.js'
import { anyJson, oneOf, text } from '../../model/codec/values.js'
import type { OperationType } from '../../model/operationType.js'
import type { Agent } from './members/agent.js'
import { deliver } from './deliver.js'
import { invalid, Name, swarmField } from './params.js'
import type { Surroundings } from './surroundings.js'
import type { Swarm } from './swarm.js'
import { messageEffects } from './swarmEffects.js'

const Params = closed(
  'the params of swarm.message',
  {
    to: described(
      anyOf(oneOf('all'), Name, array(Name, { minItems: 1 })),
      'A name, a list of names, or all: every agent the sender is linked to.',
    ),
    body: described(anyJson, 'The message.'),
  },
  { swarm: swarmField, from: described(Name, 'The agent that sends it. Default: you; you can write to everyone.') },
)

const Delivered = closed('a delivered message', { id: text(), to: text() }, {})

const Result = closed('the result of swarm.message', { delivered: array(Delivered) }, {})

/** `swarm.message`: puts a message into mailboxes, along edges only; into all of them or none. */
export function message({ find, placeOf }: Surroundings): OperationType<t.TypeOf<typeof Params>, t.TypeOf<typeof Result>> {
  return {
    type: 'swarm',
    operation: 'message',
    local: true,
    summary: 'Sends a message to agents of a swarm.',
    params: Params,
    result: Result,
    effects: ({ swarm }) => messageEffects(placeOf(swarm)),
    perform({ swarm: asked, from, to, body }, context) {
      const swarm = find(asked)
      const sender = from === undefined ? undefined : swarm.agentNamed(from, 'from')
      const receivers = receiversOf(swarm, sender, to)
      return { delivered: deliver(swarm, sender, receivers, body, context) }
    },
  }
}

function receiversOf(swarm: Swarm, sender: Agent | undefined, to: string | readonly string[]): readonly Agent[] {
  if (to !== 'all') return [...new Set(typeof to === 'string' ? [to] : to)].map((name) => swarm.agentNamed(name, 'to'))
  const all = sender === undefined ? swarm.agents : swarm.mail.reachableFrom(sender)
  if (all.length === 0) throw invalid('to', 'no agent can receive this message. Spawn agents first.')
  return all
}

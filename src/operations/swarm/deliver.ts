import { OperationFailure } from '../../model/operationError.js'
import type { AttemptContext } from '../../model/work.js'
import type { Agent } from './members/agent.js'
import type { Swarm } from './swarm.js'

/** Delivers a message to agents, all of them or none, and tells so; a full mailbox is told as well, to whoever watches. */
export function deliver(
  swarm: Swarm,
  from: Agent | undefined,
  to: readonly Agent[],
  body: unknown,
  context: AttemptContext,
): readonly { readonly id: string; readonly to: string }[] {
  try {
    const delivered = swarm.mail.deliver(from, to, body).map(({ id }, index) => ({ id, to: to[index]!.name }))
    for (const { id, to: name } of delivered)
      context.emit('message-delivered', { swarm: swarm.id, ...(from !== undefined && { from: from.name }), to: name, message: id })
    return delivered
  } catch (thrown) {
    if (thrown instanceof OperationFailure && thrown.error.type === 'buffer-full')
      context.emit('mailbox-full', { swarm: swarm.id, limit: thrown.error.limit, message: thrown.error.message })
    throw thrown
  }
}

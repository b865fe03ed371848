import type { Message } from '../../agent/runner.js'
import type { Agent } from './agent.js'
import { mailboxFull, noEdge } from '../refusals.js'
import type { Topology } from '../topology/topology.js'

/** The messages of one swarm. */
export interface Mail {
  /** Those an agent may write to. */
  readonly reachableFrom: (agent: Agent) => readonly Agent[]
  /**
   * Puts a message into mailboxes: into all of them, or into none when there is no edge to one, or no room in one. Gives a message
   * each. Without a sender it comes from whoever runs the batch, who may write to everyone.
   */
  readonly deliver: (from: Agent | undefined, to: readonly Agent[], body: unknown) => readonly Message[]
  /** Empties a mailbox. */
  readonly take: (agent: Agent) => readonly Message[]
}

interface MailSettings {
  readonly name: string
  readonly topology: Topology
  readonly agents: readonly Agent[]
  /** The most messages a mailbox holds. */
  readonly limit: number
  readonly used: () => void
}

export function mail({ name, topology, agents, limit, used }: MailSettings): Mail {
  let sent = 0
  const linked = (from: Agent, to: Agent): boolean => from !== to && topology.linked(from.place, to.place, agents.length)
  const reachableFrom = (from: Agent): readonly Agent[] => agents.filter((to) => linked(from, to))
  return {
    reachableFrom,
    deliver(from, to, body) {
      used()
      if (from !== undefined)
        for (const one of to)
          if (!linked(from, one)) throw noEdge(name, topology.name, from.name, one.name, reachableFrom(from).map(nameOf))
      const full = to.filter(({ mailbox }) => mailbox !== undefined && mailbox.length >= limit)
      if (full.length > 0) throw mailboxFull(name, full.map(nameOf), limit)
      return to.map((agent) => {
        const message = { id: `m${++sent}`, ...(from !== undefined && { from: from.name }), body }
        if (agent.mailbox === undefined) agent.mailbox = [message]
        else agent.mailbox.push(message)
        return message
      })
    },
    take(agent) {
      const taken = agent.mailbox ?? []
      agent.mailbox = undefined
      return taken
    },
  }
}

const nameOf = ({ name }: Agent): string => name

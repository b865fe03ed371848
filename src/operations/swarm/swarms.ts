import { randomBytes } from 'node:crypto'
import { noSwarm, tooManySwarms } from './refusals.js'
import { swarm, type Swarm } from './swarm.js'
import { hierarchical } from './topology/hierarchical.js'
import { mesh } from './topology/mesh.js'
import { ring } from './topology/ring.js'
import { star } from './topology/star.js'
import type { Topology } from './topology/topology.js'

/** The swarms of one host: they live until they are terminated, have been idle too long, or the host ends. */
export interface Swarms {
  readonly topologies: ReadonlyMap<string, Topology>
  make(name: string, topology: Topology, maxAgents: number): Swarm
  /** By its id, or the newest of this name; throws when there is none. */
  find(asked: string): Swarm
  readonly live: readonly Swarm[]
  /** Ends all of them, and resolves when no work is left. */
  dispose(): Promise<void>
}

/** The topologies and limits of swarms. */
export interface SwarmsOptions {
  /** Topologies besides mesh, star, ring and hierarchical. */
  readonly topologies?: readonly Topology[]
  /** How long a swarm can be unused before it ends, in ms. Default ten minutes. */
  readonly idleMs?: number
  /** Most swarms at once. Default 100. */
  readonly maxSwarms?: number
  /** The most messages a mailbox holds. Default 1,000. */
  readonly mailboxLimit?: number
}

export function swarms({ topologies = [], idleMs = 600_000, maxSwarms = 100, mailboxLimit = 1_000 }: SwarmsOptions = {}): Swarms {
  const all = new Map([mesh, star, ring, hierarchical, ...topologies].map((topology) => [topology.name, topology]))
  const byId = new Map<string, { readonly swarm: Swarm; readonly timer: NodeJS.Timeout }>()

  const live = (): readonly Swarm[] => [...byId.values()].map((entry) => entry.swarm).filter(({ alive }) => alive)
  const forget = (id: string): void => {
    clearTimeout(byId.get(id)?.timer)
    byId.delete(id)
  }
  // Work may take longer than the limit: only a swarm in which nothing goes on is idle.
  const idle = (id: string): void => {
    const entry = byId.get(id)
    if (entry === undefined) return
    if (entry.swarm.agents.some(({ working }) => working)) entry.timer.refresh()
    else void entry.swarm.terminate()
  }
  return {
    topologies: all,
    make(name, topology, maxAgents) {
      if (byId.size >= maxSwarms) throw tooManySwarms(maxSwarms)
      const id = `swarm-${randomBytes(9).toString('hex')}`
      const used = (): void => void byId.get(id)?.timer.refresh()
      const made = swarm({ id, name, topology, maxAgents, mailboxLimit, used })
      made.ending.addEventListener('abort', () => forget(id), { once: true })
      byId.set(id, { swarm: made, timer: setTimeout(() => idle(id), idleMs).unref() })
      return made
    },
    find(asked) {
      const found = byId.get(asked)?.swarm ?? live().findLast(({ name }) => name === asked)
      if (found === undefined)
        throw noSwarm(
          asked,
          live().map(({ name }) => name),
        )
      return found
    },
    get live() {
      return live()
    },
    dispose: async () => {
      await Promise.all(live().map((one) => one.terminate()))
    },
  }
}

import type { AgentKind } from '../../agent/agentKind.js'
import type { Agent } from './agent.js'
import { loads, type Loads } from './loads.js'
import type { Team } from '../topology/topology.js'

/** The agents of a swarm by kind, so that whoever may do a task is found without asking each. */
export interface Workers {
  /** Where the next agent of a kind will sit. */
  seatFor(kind: AgentKind, place: number): number
  /** How busy an agent is changes. */
  change(agent: Agent, by: number): void
  /** The agents whose kind may do something, as a routing rule sees them. */
  team(may: (kind: AgentKind) => boolean, size: number, last: number): Team
}

interface Bench {
  readonly kind: AgentKind
  /** Places, rising. */
  readonly places: number[]
  readonly loads: Loads
}

export function workers(): Workers {
  const benches = new Map<string, Bench>()
  return {
    seatFor(kind, place) {
      let bench = benches.get(kind.name)
      if (bench === undefined) benches.set(kind.name, (bench = { kind, places: [], loads: loads() }))
      bench.loads.add()
      return bench.places.push(place) - 1
    },
    change: ({ kind, seat }, by) => benches.get(kind.name)?.loads.change(seat, by),
    team(may, size, last) {
      const able = [...benches.values()].filter(({ kind }) => may(kind))
      return {
        size,
        last,
        leastBusy(from = 0) {
          let [best, least] = [-1, Infinity]
          for (const { places, loads: busy } of able) {
            const seat = busy.least(firstFrom(places, from))
            if (seat === -1) continue
            const [place, load] = [places[seat]!, busy.at(seat)]
            if (load < least || (load === least && place < best)) [best, least] = [place, load]
          }
          return best === -1 ? undefined : best
        },
        next(after) {
          const ahead = able.flatMap(({ places }) => places[firstFrom(places, after + 1)] ?? [])
          const round = ahead.length > 0 ? ahead : able.flatMap(({ places }) => places[0] ?? [])
          return round.length === 0 ? undefined : Math.min(...round)
        },
      }
    },
  }
}

/** The index of the first place that is at least `from`. */
function firstFrom(places: readonly number[], from: number): number {
  let [low, high] = [0, places.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (places[middle]! < from) low = middle + 1
    else high = middle
  }
  return low
}

import type { Topology } from './topology.js'

/** Each agent may write to the next one, the last to the first. Tasks go round in the same way. */
export const ring: Topology = {
  name: 'ring',
  linked: (from, to, size) => to === (from + 1) % size,
  route: (team) => team.next(team.last),
}

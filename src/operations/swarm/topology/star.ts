import type { Topology } from './topology.js'

/** The first agent is the hub, all others its spokes: they may write to the hub alone. A task goes to the least busy spoke. */
export const star: Topology = {
  name: 'star',
  linked: (from, to) => from === 0 || to === 0,
  // The hub works itself where no spoke may do the task.
  route: (team) => team.leastBusy(1) ?? team.leastBusy(),
}

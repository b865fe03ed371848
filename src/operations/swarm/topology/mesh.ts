import type { Topology } from './topology.js'

/** Everyone may write to everyone; a task goes to the least busy agent. */
export const mesh: Topology = {
  name: 'mesh',
  linked: () => true,
  route: (team) => team.leastBusy(),
}

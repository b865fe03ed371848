import type { Topology } from './topology.js'

/** How many agents stand below each one. */
const fanOut = 4

const parentOf = (place: number): number => Math.floor((place - 1) / fanOut)

/**
 * A tree in the order of spawning: the first agent leads the next four, each of those the next four, and so on. Leaders and those
 * right below them may write to each other. A task goes to the least busy agent that leads nobody.
 */
export const hierarchical: Topology = {
  name: 'hierarchical',
  linked: (from, to) => (to > 0 && parentOf(to) === from) || (from > 0 && parentOf(from) === to),
  // The place after the last one that leads anybody. Leaders work themselves where nobody below may do the task.
  route: (team) => team.leastBusy(parentOf(team.size - 1) + 1) ?? team.leastBusy(),
}

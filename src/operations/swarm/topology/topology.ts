// operations/swarm/topology: which agents of a swarm may write to each other, and who gets a task.
/** A swarm as a topology sees it. Agents have positions, counted from 0 in the order in which they were spawned. */
export interface Team {
  readonly size: number
  /** The place that got the last task; -1 before the first. */
  readonly last: number
  /** Of the agents that may do the task, from a place on: the least busy one, the first of equals. */
  leastBusy(from?: number): number | undefined
  /** The next agent that may do the task after a place, going round past the last one. */
  next(after: number): number | undefined
}

/** Which agents of a swarm can write to each other, and which one gets a task that names no agent. Both functions are pure. */
export interface Topology {
  readonly name: string
  /** Whether the agent at `from` may write to another one at `to`. */
  readonly linked: (from: number, to: number, size: number) => boolean
  /** The place of the agent that gets the next task; undefined when none may do it. */
  readonly route: (team: Team) => number | undefined
}

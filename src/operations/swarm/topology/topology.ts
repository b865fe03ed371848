// operations/swarm/topology: which agents of a swarm may write to each other, and who gets a task.
/** A swarm as a topology sees it. Agents have positions, counted from 0 in the order in which they were spawned. */
export interface Team {
  readonly size: number
  /** The place that got the last task; -1 before the first. */
  readonly last: number
  /** The least busy of the agents that can do the task, from a position on; the first of equals. */
  leastBusy(from?: number): number | undefined
  /** The next agent after a position that can do the task, continuing at the first after the last one. */
  next(after: number): number | undefined
}

/** Which agents of a swarm can write to each other, and which one gets a task that names no agent. Both functions are pure. */
export interface Topology {
  readonly name: string
  /** Whether the agent at `from` can write to the one at `to`. */
  readonly linked: (from: number, to: number, size: number) => boolean
  /** The position of the agent that gets the next task; undefined if none can do it. */
  readonly route: (team: Team) => number | undefined
}

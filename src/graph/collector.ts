/** Accesses of one way at one place, or below it, that later ones may have to wait for. */
export interface Collector {
  /** The rank of its newest member. */
  newest: number
  /** The join that stands for all earlier members, -1 when there is none. */
  join: number
  /** The members since, or all when there is no join. */
  since: number[]
}

/** Makes a node that stands for a join before it, if any, and members. */
export type MakeJoin = (before: number, members: readonly number[]) => number

/**
 * Adds a member. Those that came before `dominated` are let go: a write at that rank waits for them, and whatever would have
 * to wait for them has to wait for the write.
 */
export function collect(collector: Collector | undefined, node: number, rank: number, dominated: number): Collector {
  if (collector === undefined) return { newest: rank, join: -1, since: [node] }
  if (collector.newest === rank) return collector // Another touch of the same operation.
  if (collector.newest < dominated) {
    collector.join = -1
    collector.since = []
  }
  collector.newest = rank
  collector.since.push(node)
  return collector
}

/** The one node to wait for: the only member, or a join of all. Each member enters one join, so that edges stay as many as members. */
export function standIn(collector: Collector, makeJoin: MakeJoin): number {
  const { join, since } = collector
  if (join < 0 && since.length === 1) return since[0]!
  if (since.length > 0) {
    collector.join = makeJoin(join, since)
    collector.since = []
  }
  return collector.join
}

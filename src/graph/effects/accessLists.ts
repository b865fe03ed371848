import type { MakeJoin } from '../edges/edgeStore.js'

/** Accesses of one way at one place, or below it, that later ones may have to wait for. */
export interface AccessList {
  /** The rank of its newest member. */
  newest: number
  /** The join that stands for all earlier members, -1 when there is none. */
  join: number
  /** The only member since, or of all when there is no join; -1 when there is none, or more than one. */
  only: number
  /** The members since, where they are more than one: most collectors never have so many. */
  since: number[] | undefined
}

/**
 * Adds a member. Those that came before `dominated` are let go: a write at that rank waits for them, and whatever would have
 * to wait for them has to wait for the write.
 */
export function collect(collector: AccessList | undefined, node: number, rank: number, dominated: number): AccessList {
  if (collector === undefined) return { newest: rank, join: -1, only: node, since: undefined }
  if (collector.newest === rank) return collector // Another touch of the same operation.
  if (collector.newest < dominated) letGo(collector, -1)
  collector.newest = rank
  if (collector.since !== undefined) collector.since.push(node)
  else if (collector.only < 0) collector.only = node
  else {
    collector.since = [collector.only, node]
    collector.only = -1
  }
  return collector
}

/** The one node to wait for: the only member, or a join of all. Each member enters one join, so that edges stay as many as members. */
export function standIn(collector: AccessList, makeJoin: MakeJoin): number {
  const { join, only, since } = collector
  if (join < 0 && only >= 0) return only
  if (since !== undefined) letGo(collector, makeJoin(join, since))
  else if (only >= 0) letGo(collector, makeJoin(join, [only]))
  return collector.join
}

function letGo(collector: AccessList, join: number): void {
  collector.join = join
  collector.only = -1
  collector.since = undefined
}

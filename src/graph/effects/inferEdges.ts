// graph/effects: what operations read and write, and the order that follows from it.
import { conflicting, reads, Way, writes, type Access } from './access.js'
import { collect, standIn, type AccessList } from './accessLists.js'
import { Kind, type EdgeStore } from '../edges/edgeStore.js'
import { IntList } from '../edges/intList.js'
import { lastWrite, nobody, resourceTree, type Resource } from './resourceTree.js'
import type { ExplicitEdges } from '../edges/explicitEdges.js'
import type { Sharing } from './sharedReads.js'

interface Located {
  readonly place: Resource
  readonly holders: readonly Resource[]
  readonly by: Way
  readonly exact: boolean
}

/**
 * Adds the edges that what operations touch asks for, so that the outcome is that of running the list in order.
 *
 * An access waits for those in conflict with it at its place and at all that hold it (`here`), and for those at what it holds
 * (`below`). A write of a place waits for everything there, so it stands for everything there: what came before it need not be
 * waited for again. So the edges are as many as touches times depth, however many pairs are in conflict.
 */
export function inferEdges(
  order: Int32Array,
  needs: ExplicitEdges,
  accessesOf: (index: number) => readonly Access[],
  store: EdgeStore,
  sharing: Pick<Sharing, 'equalRead'> = { equalRead: () => undefined },
  find = resourceTree(),
): void {
  // The operation that last got an edge from each node: one edge a pair is enough.
  const linked = new IntList()
  let operation = -1
  const isNew = (node: number): boolean => {
    while (linked.length <= node) linked.push(-1)
    if (linked.at(node) === operation) return false
    linked.set(node, operation)
    return true
  }
  const link = (node: number, kind: number): void => {
    if (isNew(node)) store.add(node, operation, kind)
  }
  const waitFor = (collector: AccessList | undefined, dominated: number): void => {
    if (collector !== undefined && collector.newest >= dominated) link(standIn(collector, store.makeJoin), Kind.order)
  }

  const waitForConflicts = ({ place, holders, by }: Located): void => {
    const dominated = newestWrite(place, holders)
    for (const other of conflicting[by]!) {
      for (const holder of holders) waitFor(holder.here?.[other], dominated)
      waitFor(place.here?.[other], dominated)
      waitFor(place.below?.[other], dominated)
    }
  }

  for (let rank = 0; rank < order.length; rank++) {
    const index = order[rank]!
    const touched = accessesOf(index)
    if (touched.length === 0) continue
    operation = index
    const accesses = touched.map(({ resource, way: by, exact }): Located => {
      const found = find(resource)
      return { place: found.place, holders: found.holders, by, exact: exact && found.exact }
    })
    for (let at = needs.starts[index]!; at < needs.starts[index + 1]!; at++) isNew(needs.sources[at]!)
    const onlyReads = accesses.every(({ by }) => by === Way.read)
    const first = onlyReads ? sharing.equalRead(index, rank, accesses[0]!.place, () => newestConflict(accesses)) : undefined
    if (first !== undefined) link(first, Kind.order)
    for (const access of accesses) {
      const writer = neededWriter(access)
      if (writer >= 0) link(writer, Kind.effect)
    }
    for (const access of accesses) waitForConflicts(access)
    // Only now, when it waits for all it must: an operation never waits for itself.
    for (const access of accesses) enter(access, index, rank)
  }
}

/** The last that wrote exactly what is read, unless something since may have made another thing of it; -1 for none. */
function neededWriter({ place, holders, by, exact }: Located): number {
  const { writer, writerRank, writerExact } = place
  if (!reads(by) || !exact || !writerExact) return -1
  const changed = ({ here }: Resource): boolean =>
    newestOf(here, Way.write) > writerRank ||
    newestOf(here, Way.programWrites) > writerRank ||
    // Programs are not ordered against each other: what one may have changed is no news to another.
    (by === Way.read && newestOf(here, Way.follow) > writerRank)
  return changed(place) || holders.some(changed) ? -1 : writer
}

/** The rank of the last operation that is in conflict with any of these accesses; -1 when none is. */
function newestConflict(accesses: readonly Located[]): number {
  let newest = -1
  for (const { place, holders, by } of accesses)
    for (const other of conflicting[by]!) {
      for (const holder of holders) newest = Math.max(newest, newestOf(holder.here, other))
      newest = Math.max(newest, newestOf(place.here, other), newestOf(place.below, other))
    }
  return newest
}

function newestOf(collectors: Resource['here'], way: Way): number {
  return collectors?.[way]?.newest ?? -1
}

function newestWrite(place: Resource, holders: readonly Resource[]): number {
  let newest = lastWrite(place)
  for (const holder of holders) newest = Math.max(newest, lastWrite(holder))
  return newest
}

function enter({ place, holders, by, exact }: Located, node: number, rank: number): void {
  let dominated = -1
  for (const holder of holders) {
    dominated = Math.max(dominated, lastWrite(holder))
    const below = (holder.below ??= nobody())
    below[by] = collect(below[by], node, rank, dominated)
  }
  const here = (place.here ??= nobody())
  // What came before a write of this place, by this operation too, is waited for through that write.
  here[by] = collect(here[by], node, rank, by === Way.write ? rank : Math.max(dominated, lastWrite(place)))
  if (!writes(by)) return
  place.writerExact = exact || (place.writerRank === rank && place.writerExact)
  place.writer = node
  place.writerRank = rank
}

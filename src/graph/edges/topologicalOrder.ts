import { grouped } from './grouped.js'
import { RankedHeap } from './rankedHeap.js'
import type { ExplicitEdges } from './explicitEdges.js'

/**
 * The places of a list in an order where each comes after what it needs, and otherwise as it stands: at each step the first
 * place whose needs are met (Kahn, 1962, with a heap). Shorter than the list when some need one another.
 */
export function topologicalOrder({ starts, sources }: Pick<ExplicitEdges, 'starts' | 'sources'>): Int32Array {
  const count = starts.length - 1
  if (isInOrder({ starts, sources })) return new Int32Array(count).map((_zero, index) => index)
  const followers = grouped(sources, count)
  // The operation each entry of `sources` belongs to.
  const owners = new Int32Array(sources.length)
  for (let index = 0; index < count; index++) owners.fill(index, starts[index], starts[index + 1])

  const waits = new Int32Array(count)
  const open = new RankedHeap()
  for (let index = 0; index < count; index++) {
    waits[index] = starts[index + 1]! - starts[index]!
    if (waits[index] === 0) open.add(index, index)
  }
  const order = new Int32Array(count)
  let done = 0
  while (open.size > 0) {
    const index = open.take()
    order[done++] = index
    for (let at = followers.offsets[index]!; at < followers.offsets[index + 1]!; at++) {
      const follower = owners[followers.positions[at]!]!
      if (--waits[follower]! === 0) open.add(follower, follower)
    }
  }
  return order.subarray(0, done)
}

function isInOrder({ starts, sources }: Pick<ExplicitEdges, 'starts' | 'sources'>): boolean {
  for (let index = 0; index + 1 < starts.length; index++)
    for (let at = starts[index]!; at < starts[index + 1]!; at++) if (sources[at]! >= index) return false
  return true
}

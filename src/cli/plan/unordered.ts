import type { Graph } from '../../model/graph.js'

/** For each of the operations given, those of them that are neither before nor after it. */
export function unordered(graph: Graph, among: readonly number[]): ReadonlyMap<number, readonly number[]> {
  const after = new Map(among.map((index) => [index, reached(graph, index)]))
  return new Map(
    among.map((index) => [
      index,
      among.filter((other) => other !== index && !isIn(after.get(index)!, other) && !isIn(after.get(other)!, index)),
    ]),
  )
}

// A bit for each node: a byte would be too much for hundreds of walks through a hundred thousand operations.
function reached({ nodes, offsets, targets }: Graph, from: number): Uint8Array {
  const seen = new Uint8Array((nodes + 7) >> 3)
  const open = [from]
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (let at = offsets[node]!; at < offsets[node + 1]!; at++) {
      const target = targets[at]!
      if (isIn(seen, target)) continue
      seen[target >> 3]! |= 1 << (target & 7)
      open.push(target)
    }
  return seen
}

function isIn(bits: Uint8Array, index: number): boolean {
  return (bits[index >> 3]! & (1 << (index & 7))) !== 0
}

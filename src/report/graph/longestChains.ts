import type { Wiring } from '../picture/picture.js'

/** For each node the length of the longest chain before it, and the node by which that comes: -1 for none. */
export interface LongestChains {
  readonly before: Float64Array
  readonly by: Int32Array
}

/** A join is no operation, and adds nothing to a chain. */
export function longestChains(
  { nodes, planned, offsets, targets }: Wiring,
  order: readonly number[],
  lengthOf: (operation: number) => number,
): LongestChains {
  const before = new Float64Array(nodes)
  const by = new Int32Array(nodes).fill(-1)
  for (const node of order) {
    const end = before[node]! + (node < planned ? lengthOf(node) : 0)
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      const target = targets[edge]!
      if (by[target] !== -1 && end <= before[target]!) continue
      before[target] = end
      by[target] = node
    }
  }
  return { before, by }
}

import type { Graph } from '../../model/graph.js'
import type { Priority } from '../../model/plan.js'

const ranks: readonly Priority[] = ['critical', 'high', 'medium', 'low']

/**
 * The best priority of all that wait for each operation, its own included: what is critical would else come last because what it waits for
 * is low. Undefined where all have the same.
 */
export function reachedPriorities({ operations, nodes, waits, offsets, targets }: Graph): readonly Priority[] | undefined {
  const first = operations[0]?.priority
  if (operations.every(({ priority }) => priority === first)) return undefined
  const best = new Uint8Array(nodes).fill(ranks.length - 1)
  operations.forEach(({ priority }, index) => (best[index] = ranks.indexOf(priority)))
  // In the order operations could run; then backwards, each after all that wait for it.
  const left = waits.slice()
  const order = new Int32Array(nodes)
  let known = 0
  for (let node = 0; node < nodes; node++) if (left[node] === 0) order[known++] = node
  for (let next = 0; next < known; next++) {
    const node = order[next]!
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) if (--left[targets[edge]!]! === 0) order[known++] = targets[edge]!
  }
  for (let at = known - 1; at >= 0; at--) {
    const node = order[at]!
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) best[node] = Math.min(best[node]!, best[targets[edge]!]!)
  }
  return operations.map((_, index) => ranks[best[index]!]!)
}

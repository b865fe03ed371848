import type { Graph } from '../../model/graph.js'

/** The chain of operations, each waiting for the one before, whose durations add up to most. */
export interface CriticalPath {
  readonly ids: readonly string[]
  readonly durationMs: number
}

/** Follows every edge once, in the order operations could run. Of chains that take equally long it tells the one found first. */
export function criticalPath({ operations, nodes, waits, offsets, targets }: Graph, durationOf: (index: number) => number): CriticalPath {
  const endMs = new Float64Array(nodes)
  const before = new Int32Array(nodes).fill(-1)
  const left = waits.slice()
  const ready = new Int32Array(nodes)
  let known = 0
  for (let node = 0; node < nodes; node++) if (left[node] === 0) ready[known++] = node
  let last = -1
  for (let next = 0; next < known; next++) {
    const node = ready[next]!
    if (node < operations.length) {
      endMs[node]! += durationOf(node)
      if (last < 0 || endMs[node]! > endMs[last]!) last = node
    }
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      const target = targets[edge]!
      if (before[target]! < 0 || endMs[node]! > endMs[target]!) {
        endMs[target] = endMs[node]!
        before[target] = node
      }
      if (--left[target]! === 0) ready[known++] = target
    }
  }
  const ids: string[] = []
  for (let node = last; node >= 0; node = before[node]!) if (node < operations.length) ids.push(operations[node]!.id)
  return { ids: ids.reverse(), durationMs: last < 0 ? 0 : endMs[last]! }
}

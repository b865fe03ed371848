import type { Wiring } from '../picture/picture.js'

/** The nodes of a graph, each behind all it waits for. What stands in a circle, which no plan has, is left out. */
export function nodeOrder({ nodes, offsets, targets }: Wiring): readonly number[] {
  const left = new Int32Array(nodes)
  for (let edge = 0; edge < targets.length; edge++) left[targets[edge]!]!++
  const order: number[] = []
  for (let node = 0; node < nodes; node++) if (left[node] === 0) order.push(node)
  for (let at = 0; at < order.length; at++) {
    const node = order[at]!
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      const target = targets[edge]!
      left[target]!--
      if (left[target] === 0) order.push(target)
    }
  }
  return order
}

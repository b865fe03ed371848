import { nodeOrder } from '../graph/nodeOrder.js'
import type { RunPicture } from '../picture/picture.js'

/** For each operation the one it depends on that ended last, and so opened its gate: -1 for none. Joins are passed through. */
export function gateOpeners({ operations, wiring }: RunPicture): Int32Array {
  const openers = new Int32Array(operations.length).fill(-1)
  if (wiring === undefined) return openers
  const { nodes, planned, offsets, targets } = wiring
  const last = new Int32Array(nodes).fill(-1)
  const endOf = (operation: number): number => (operation < 0 ? -1 : (operations[operation]!.endedAt ?? -1))
  for (const node of nodeOrder(wiring)) {
    const source = node < planned ? node : last[node]!
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      const target = targets[edge]!
      if (endOf(source) > endOf(last[target]!)) last[target] = source
    }
  }
  openers.set(last.subarray(0, planned))
  return openers
}

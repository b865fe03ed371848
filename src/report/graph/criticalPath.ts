import type { RunPicture } from '../picture/picture.js'
import { runMs } from '../picture/times.js'
import { longestChains } from './longestChains.js'

/** The chain of dependent operations with the greatest total duration. */
export interface LongestPath {
  readonly ms: number
  /** Indexes of its operations, the first first. */
  readonly operations: readonly number[]
}

/** Undefined without the graph of the plan. */
export function criticalPathOf({ operations, wiring, lastAt }: RunPicture, order: readonly number[]): LongestPath | undefined {
  if (wiring === undefined) return undefined
  const { planned } = wiring
  const { before, by } = longestChains(wiring, order, (node) => runMs(operations[node]!, lastAt))
  let ms = 0
  let last = -1
  for (let node = 0; node < planned; node++) {
    const end = before[node]! + runMs(operations[node]!, lastAt)
    if (end <= ms) continue
    ms = end
    last = node
  }
  const path: number[] = []
  for (let node = last; node !== -1; node = by[node]!) if (node < planned) path.push(node)
  return { ms, operations: path.reverse() }
}

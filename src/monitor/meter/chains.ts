import type { PlanGraph } from './planGraph.js'

/** The longest chain of dependent operations, followed as they end: by then everything they waited for has ended. */
export interface Chains {
  /** An operation has ended, after attempts that took this long in all. */
  ended(id: string, durationMs: number): void
  readonly longestMs: number
}

/** Each edge is followed once in a run. What is no part of the graph, such as a child of a running operation, is part of its parent. */
export function chains({ operations, nodes, waits, offsets, targets }: PlanGraph): Chains {
  const indexOf = new Map(operations.map(({ id }, index) => [id, index]))
  const before = new Float64Array(nodes)
  const left = waits.slice()
  let longestMs = 0

  const pass = (first: number, endMs: number): void => {
    const through: number[] = [first]
    before[first] = endMs
    for (let node = through.pop(); node !== undefined; node = through.pop()) {
      const reached = before[node]!
      for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
        const target = targets[edge]!
        if (reached > before[target]!) before[target] = reached
        // A join does nothing itself: once all before it have ended, it has.
        if (--left[target]! === 0 && target >= operations.length) through.push(target)
      }
    }
  }

  return {
    ended(id, durationMs) {
      const index = indexOf.get(id)
      if (index === undefined) return
      const endMs = before[index]! + durationMs
      if (endMs > longestMs) longestMs = endMs
      pass(index, endMs)
    },
    get longestMs() {
      return longestMs
    },
  }
}

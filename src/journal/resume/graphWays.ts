import type { Graph } from '../../model/graph.js'

/** Who stands before and behind an operation, by the edges that count for a gate: the others only delay. */
export interface GraphWays {
  /** The operations whose gates look at this one. */
  readonly next: (index: number) => readonly number[]
  /** All that stand behind these, directly or not. */
  readonly behind: (starts: Iterable<number>) => ReadonlySet<number>
  /** All that stand before these, directly or not. */
  readonly before: (starts: Iterable<number>) => ReadonlySet<number>
}

export function graphWays({ operations, offsets, targets, counts }: Graph): GraphWays {
  const next = (index: number): readonly number[] => {
    const found: number[] = []
    // Joins pass on order alone: an edge that counts leads from one operation to another.
    for (let edge = offsets[index]!; edge < offsets[index + 1]!; edge++) if (counts[edge] === 1) found.push(targets[edge]!)
    return found
  }
  let sources: readonly (readonly number[])[] | undefined
  const previous = (index: number): readonly number[] => (sources ??= reversed(operations.length, next))[index]!
  return { next, behind: (starts) => reached(starts, next), before: (starts) => reached(starts, previous) }
}

function reversed(count: number, next: (index: number) => readonly number[]): readonly (readonly number[])[] {
  const sources = Array.from({ length: count }, (): number[] => [])
  for (let index = 0; index < count; index++) for (const target of next(index)) sources[target]!.push(index)
  return sources
}

/** Without the starts themselves, unless one leads to another. */
function reached(starts: Iterable<number>, step: (index: number) => readonly number[]): ReadonlySet<number> {
  const found = new Set<number>()
  const open = [...starts]
  for (let index = open.pop(); index !== undefined; index = open.pop())
    for (const target of step(index)) {
      if (found.has(target)) continue
      found.add(target)
      open.push(target)
    }
  return found
}

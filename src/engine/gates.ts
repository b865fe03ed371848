import type { Graph } from '../model/graph.js'

/** How a node's end looks to those that depend on it. */
export type Mark = 'fine' | 'failure' | 'gate'

/** The countdown of every node: a gate opens when its last dependency has ended. */
export interface Gates {
  /** The next node whose dependencies have all ended; -1 when there is none. */
  nextOpen(): number
  /** Tells all that wait for a node that it has ended. */
  close(node: number, mark: Mark, because: Roots): void
  sawFailure(node: number): boolean
  sawGate(node: number): boolean
  /** The operations at the root of the failures a node saw. */
  because(node: number): Roots
}

/** Ids of operations at the root of a failure or a closed gate. */
export type Roots = readonly string[]

/** A skip names at most this many roots: a wide graph that fails in many places would else name all in all. */
const mostRoots = 100

const failureSeen = 1
const gateSeen = 2

export function gates(graph: Graph): Gates {
  const { nodes, offsets, targets, counts } = graph
  const waiting = graph.waits.slice()
  const seen = new Uint8Array(nodes)
  const roots = new Map<number, Roots>()
  // First in, first out, without shift(): a list and a place in it.
  let open: number[] = []
  let next = 0
  for (let node = 0; node < nodes; node++) if (waiting[node] === 0) open.push(node)

  // A failure matters more than a closed gate: once one was seen, only the roots of failures are named.
  const see = (node: number, bit: number, because: Roots): void => {
    const failedBefore = (seen[node]! & failureSeen) !== 0
    seen[node]! |= bit
    if (bit === failureSeen) roots.set(node, failedBefore ? merged(roots.get(node), because) : because)
    else if (!failedBefore) roots.set(node, merged(roots.get(node), because))
  }

  return {
    nextOpen() {
      if (next < open.length) return open[next++]!
      if (next > 0) [open, next] = [[], 0]
      return -1
    },
    close(node, mark, because) {
      const bit = mark === 'fine' ? 0 : mark === 'failure' ? failureSeen : gateSeen
      for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
        const target = targets[edge]!
        if (bit !== 0 && counts[edge] === 1) see(target, bit, because)
        if (--waiting[target]! === 0) open.push(target)
      }
    },
    sawFailure: (node) => (seen[node]! & failureSeen) !== 0,
    sawGate: (node) => (seen[node]! & gateSeen) !== 0,
    because: (node) => roots.get(node) ?? [],
  }
}

function merged(known: Roots | undefined, added: Roots): Roots {
  if (known === undefined || known === added) return added
  return [...new Set([...known, ...added])].slice(0, mostRoots)
}

import type { Graph, CompiledOperation } from '../../model/graph.js'
import { Fifo } from '../stream/fifo.js'
import { keptResults } from './results.js'
import { mergedRootCauses, type EndStatus, type RootCauses, type Dependencies } from './dependencies.js'
import { serviceNeeds } from './serviceNeeds.js'

const failureSeen = 1
const gateSeen = 2

/**
 * The dependencies of a plan: a countdown for every node, four bytes each, counted down by whoever it waits for. Nobody subscribes to
 * anybody: a plan of a million operations has three million edges.
 *
 * `conceal` is told of every secret text that takes a place in parameters.
 */
export function planDependencies(graph: Graph, conceal: (text: string) => void): Dependencies {
  const { operations, nodes, offsets, targets, counts } = graph
  const { shared } = graph
  const results = keptResults(graph, conceal)
  const waiting = graph.waits.slice()
  const services = serviceNeeds(graph)
  const seen = new Uint8Array(nodes)
  const roots = new Map<number, RootCauses>()
  const open = new Fifo<number>()
  for (let node = 0; node < nodes; node++) if (waiting[node] === 0) open.push(node)

  // A failure matters more than a closed gate: once one was seen, only the roots of failures are named.
  const see = (node: number, bit: number, because: RootCauses): void => {
    const failedBefore = (seen[node]! & failureSeen) !== 0
    seen[node]! |= bit
    if (bit === failureSeen) roots.set(node, failedBefore ? mergedRootCauses(roots.get(node), because) : because)
    else if (!failedBefore) roots.set(node, mergedRootCauses(roots.get(node), because))
  }

  const close = (node: number, status: EndStatus, because: RootCauses): void => {
    const bit = status === 'fine' ? 0 : status === 'failure' ? failureSeen : gateSeen
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      const target = targets[edge]!
      if (bit !== 0 && counts[edge] === 1) see(target, bit, because)
      if (--waiting[target]! === 0) open.push(target)
    }
  }

  const isWaiting = (index: number): boolean => waiting[index]! > 0

  return {
    results,
    services,
    nextOpen() {
      for (let node = open.take(); node !== undefined; node = open.take()) {
        if (node < operations.length) return node
        close(node, 'fine', []) // A join: it only passes on that all before it have ended.
      }
      return -1
    },
    sharedRead(index) {
      const first = shared.size === 0 ? undefined : shared.get(index)
      return first === undefined || !results.has(first) ? undefined : { id: operations[first]!.id, value: results.get(first) }
    },
    sawFailure: (index) => (seen[index]! & failureSeen) !== 0,
    sawGate: (index) => (seen[index]! & gateSeen) !== 0,
    because: (index) => roots.get(index) ?? [],
    ready(index, value) {
      results.keep(index, { type: 'succeeded', value })
      services?.ready(index)
      close(index, 'fine', [])
    },
    ended(index: number, operation: CompiledOperation, status, because, outcome) {
      const stoodReady = services !== undefined && services.isReady(index)
      if (!stoodReady || status !== 'fine') results.keep(index, outcome)
      results.release(index, operation)
      if (!stoodReady) close(index, status, because)
      else if (status !== 'fine') for (const dependent of services.lose(index, isWaiting)) see(dependent, failureSeen, because)
      services?.ended(index)
    },
  }
}

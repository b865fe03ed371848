import type { Graph } from '../../model/graph.js'
import type { Outcome } from '../../model/outcome.js'
import type { AttemptContext, ChildEnd } from '../../model/work.js'
import { explicitEdges, type ExplicitEdges } from '../edges/explicitEdges.js'
import { judgeGate } from '../edges/judgeGate.js'
import { linkGraph } from '../linkGraph.js'
import type { CompiledItem } from '../operations/compiledOperation.js'

/**
 * Runs the items of a whole as operations of their own, in the order that a plan of just these would have: those that touch the same
 * keep the order of the list, the others run side by side. Gives their outcomes when all have ended.
 */
export function runItems(items: readonly CompiledItem[], infer: boolean, context: AttemptContext): Promise<readonly Outcome[]> {
  const count = items.length
  const order = Int32Array.from({ length: infer ? count : 0 }, (_, index) => index)
  const graph = linkGraph(items, noEdges(count), order)
  return new Promise((resolve, reject) => {
    if (count === 0) return resolve([])
    const outcomes: Outcome[] = []
    let left = count
    const gates = itemGates(graph, items)
    const start = (index: number): void => {
      const ends = gates.endOf(index, outcomes)
      const child = { id: items[index]!.id, perform: () => undefined, compiled: items[index]!, ...(ends && { ends }) }
      context.child(child).then((outcome) => {
        outcomes[index] = outcome
        if (--left === 0) return resolve(outcomes)
        for (const opened of gates.ended(index, outcome)) start(opened)
      }, reject)
    }
    for (const index of gates.open()) start(index)
  })
}

function noEdges(operations: number): ExplicitEdges {
  const edges = explicitEdges(operations)
  for (let index = 0; index < operations; index++) edges.next()
  return edges.done()
}

/** What items wait for, counted down as they end. */
function itemGates(graph: Graph, items: readonly CompiledItem[]) {
  const { nodes, waits, offsets, targets, counts, shared } = graph
  const waiting = waits.slice()
  const failures = new Map<number, readonly string[]>()
  const opened: number[] = []

  const close = (node: number, because: readonly string[] | undefined): void => {
    const left = [{ node, because }]
    for (let next = left.pop(); next !== undefined; next = left.pop())
      for (let edge = offsets[next.node]!; edge < offsets[next.node + 1]!; edge++) {
        const target = targets[edge]!
        if (next.because !== undefined && counts[edge] === 1) failures.set(target, [...(failures.get(target) ?? []), ...next.because])
        if (--waiting[target]! > 0) continue
        // A join does nothing but pass on that all before it have ended.
        if (target >= items.length) left.push({ node: target, because: undefined })
        else opened.push(target)
      }
  }

  return {
    open: () => Array.from({ length: nodes }, (_, node) => node).filter((node) => node < items.length && waits[node] === 0),

    /** Those that nothing holds any more now that this one has ended. */
    ended(index: number, outcome: Outcome): readonly number[] {
      close(index, rootsOf(outcome, items[index]!.id))
      return opened.splice(0)
    },

    /** How one ends that is not to be started. */
    endOf(index: number, outcomes: readonly Outcome[]): ChildEnd | undefined {
      const because = failures.get(index)
      const verdict = judgeGate(items[index]!.when, because !== undefined, false)
      if (verdict !== 'open') return { type: 'skipped', reason: verdict, because: [...new Set(because)].slice(0, 100) }
      const first = shared.get(index)
      const read = first === undefined ? undefined : outcomes[first]
      return first !== undefined && read?.type === 'succeeded' ? { type: 'shared', id: items[first]!.id, value: read.value } : undefined
    },
  }
}

function rootsOf(outcome: Outcome, id: string): readonly string[] | undefined {
  switch (outcome.type) {
    case 'succeeded':
      return undefined
    case 'skipped':
      return outcome.because.length > 0 ? outcome.because : [id]
    case 'failed':
    case 'cancelled':
      return [id]
  }
}

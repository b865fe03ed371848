import type { Graph } from '../model/graph.js'
import type { Access } from './effects/access.js'
import { touchedBy } from './effects/touchedBy.js'
import { buildGraph } from './buildGraph.js'
import { EdgeStore } from './edges/edgeStore.js'
import { inferEdges } from './effects/inferEdges.js'
import type { ExplicitEdges } from './edges/explicitEdges.js'
import type { Priority } from '../model/plan.js'
import { reachedPriorities } from './edges/reachedPriorities.js'
import type { CompiledPlanOperation, OperationKind } from './operations/compiledOperation.js'
import { sharedReads } from './effects/sharedReads.js'

/** The graph of operations: what each was told to wait for, and what follows from their effects in the `order` of the list. */
export function linkGraph(operations: readonly CompiledPlanOperation[], needs: ExplicitEdges, order: Int32Array): Graph {
  const store = new EdgeStore(operations.length)
  const accesses = (index: number): readonly Access[] => touchedBy(operations[index]!)
  const sharing = sharedReads(operations)
  inferEdges(order, needs, accesses, store, sharing)
  const { shared } = sharing
  const secretive = operations.filter(({ extras }) => extras.secret || (extras.each?.extras ?? extras).planUndo !== undefined)
  const services = operations.flatMap(({ service }, index) => (service === true ? [index] : []))
  const graph = {
    ...buildGraph(operations, needs, store, accesses),
    shared,
    referrers: referrersOf(operations, shared),
    secretive,
    services,
  }
  raisePriorities(operations, graph)
  return graph
}

// Counted once for all runs: a run of a million would begin with a look at each.
function referrersOf(operations: readonly CompiledPlanOperation[], shared: Graph['shared']): Int32Array {
  const referrers = new Int32Array(operations.length)
  for (const { sources } of operations) for (const source of sources) referrers[source]!++
  for (const first of shared.values()) referrers[first]!++
  return referrers
}

function raisePriorities(operations: readonly CompiledPlanOperation[], graph: Graph): void {
  const reached = reachedPriorities(graph)
  if (reached === undefined) return
  const raised = new Map<OperationKind, Map<Priority, OperationKind>>()
  operations.forEach((operation, index) => {
    const priority = reached[index]!
    if (operation.priority === priority) return
    const byPriority = raised.get(operation.kind) ?? new Map<Priority, OperationKind>()
    const kind = byPriority.get(priority) ?? { ...operation.kind, priority }
    raised.set(operation.kind, byPriority.set(priority, kind))
    operation.kind = kind
  })
}

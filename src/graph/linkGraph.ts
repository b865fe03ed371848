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

/** The graph of tasks: what each was told to wait for, and what follows from their effects in the `order` of the list. */
export function linkGraph(tasks: readonly CompiledPlanOperation[], needs: ExplicitEdges, order: Int32Array): Graph {
  const store = new EdgeStore(tasks.length)
  const accesses = (index: number): readonly Access[] => touchedBy(tasks[index]!)
  const sharing = sharedReads(tasks)
  inferEdges(order, needs, accesses, store, sharing)
  const { shared } = sharing
  const secretive = tasks.filter(({ extras }) => extras.secret || (extras.each?.extras ?? extras).planUndo !== undefined)
  const services = tasks.flatMap(({ service }, index) => (service === true ? [index] : []))
  const graph = { ...buildGraph(tasks, needs, store, accesses), shared, referrers: referrersOf(tasks, shared), secretive, services }
  raisePriorities(tasks, graph)
  return graph
}

// Counted once for all runs: a run of a million would begin with a look at each.
function referrersOf(tasks: readonly CompiledPlanOperation[], shared: Graph['shared']): Int32Array {
  const referrers = new Int32Array(tasks.length)
  for (const { sources } of tasks) for (const source of sources) referrers[source]!++
  for (const first of shared.values()) referrers[first]!++
  return referrers
}

function raisePriorities(tasks: readonly CompiledPlanOperation[], graph: Graph): void {
  const reached = reachedPriorities(graph)
  if (reached === undefined) return
  const raised = new Map<OperationKind, Map<Priority, OperationKind>>()
  tasks.forEach((task, index) => {
    const priority = reached[index]!
    if (task.priority === priority) return
    const byPriority = raised.get(task.kind) ?? new Map<Priority, OperationKind>()
    const kind = byPriority.get(priority) ?? { ...task.kind, priority }
    raised.set(task.kind, byPriority.set(priority, kind))
    task.kind = kind
  })
}

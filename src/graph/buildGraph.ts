import type { Graph, Task } from '../model/graph.js'
import type { Access } from './access.js'
import { edgeKinds, Kind, type EdgeStore } from './edgeStore.js'
import { explainEdges } from './explain.js'
import { grouped } from './grouped.js'

/** Lays edges out by the node they start at, as the engine follows them. */
export function buildGraph(
  tasks: readonly Task[],
  store: EdgeStore,
  accessesOf: (index: number) => readonly Access[],
  shared: Graph['shared'],
): Graph {
  const { nodes } = store
  const [to, kind] = [store.to.view(), store.kind.view()]
  const { offsets, positions } = grouped(store.from.view(), nodes)
  const waits = new Int32Array(nodes)
  for (const node of to) waits[node]!++
  const counts = new Uint8Array(to.length)
  positions.forEach((position, place) => {
    counts[place] = kind[position] === Kind.order ? 0 : 1
  })
  const targets = positions.map((position) => to[position]!)
  const byKind = edgeKinds.map(() => 0)
  for (const which of kind) byKind[which]!++
  return {
    tasks,
    nodes,
    waits,
    offsets,
    targets,
    counts,
    edgeCounts: {
      explicit: byKind[Kind.explicit]!,
      reference: byKind[Kind.reference]!,
      effect: byKind[Kind.effect]!,
      order: byKind[Kind.order]!,
    },
    shared,
    edges: () => explainEdges(tasks, store, accessesOf),
  }
}

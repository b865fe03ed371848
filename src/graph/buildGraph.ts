import type { Graph, CompiledOperation } from '../model/graph.js'
import type { Access } from './effects/access.js'
import { edgeKinds, Kind, type EdgeStore } from './edges/edgeStore.js'
import { explainEdges } from './effects/explain.js'
import type { ExplicitEdges } from './edges/explicitEdges.js'

/** Lays edges out by the node they start at, as the engine follows them: of each node what was told first, then what was inferred. */
export function buildGraph(
  operations: readonly CompiledOperation[],
  needs: ExplicitEdges,
  store: EdgeStore,
  accessesOf: (index: number) => readonly Access[],
): Omit<Graph, 'shared' | 'referrers' | 'secretive' | 'services'> {
  const { nodes } = store
  const { starts, sources, kinds } = needs
  const [from, to, kind] = [store.from.view(), store.to.view(), store.kind.view()]
  const offsets = new Int32Array(nodes + 1)
  for (const source of sources) offsets[source + 1]!++
  for (const source of from) offsets[source + 1]!++
  for (let node = 0; node < nodes; node++) offsets[node + 1]! += offsets[node]!
  const waits = new Int32Array(nodes)
  const targets = new Int32Array(sources.length + from.length)
  const counts = new Uint8Array(targets.length)
  const edgeKind = new Uint8Array(targets.length)
  const next = offsets.slice(0, nodes)
  const byKind = edgeKinds.map(() => 0)
  const lay = (source: number, target: number, which: number): void => {
    const place = next[source]!++
    targets[place] = target
    edgeKind[place] = which
    counts[place] = which === Kind.order ? 0 : 1
    waits[target]!++
    byKind[which]!++
  }
  for (let index = 0; index < operations.length; index++)
    for (let at = starts[index]!; at < starts[index + 1]!; at++) lay(sources[at]!, index, kinds[at]!)
  for (let edge = 0; edge < from.length; edge++) lay(from[edge]!, to[edge]!, kind[edge]!)
  const [explicit, reference, effect, order] = byKind as [number, number, number, number] // As edgeKinds has them.
  return {
    operations,
    nodes,
    waits,
    offsets,
    targets,
    counts,
    kinds: edgeKind,
    edgeCounts: { explicit, reference, effect, order },
    edges: () => explainEdges(operations, needs, store, accessesOf),
  }
}

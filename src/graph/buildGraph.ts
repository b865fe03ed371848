import type { EdgeCounts } from '../model/event.js'
import type { Graph, Task } from '../model/graph.js'
import type { Access } from './access.js'
import { Kind, type EdgeStore } from './edgeStore.js'
import { explainEdges } from './explain.js'
import type { Needs } from './needs.js'

/** Lays edges out by the node they start at, as the engine follows them: of each node what was told first, then what was inferred. */
export function buildGraph(
  tasks: readonly Task[],
  needs: Needs,
  store: EdgeStore,
  accessesOf: (index: number) => readonly Access[],
  shared: Graph['shared'],
): Graph {
  const { nodes } = store
  const { starts, sources } = needs
  const [from, to, kind] = [store.from.view(), store.to.view(), store.kind.view()]
  const offsets = new Int32Array(nodes + 1)
  for (const source of sources) offsets[source + 1]!++
  for (const source of from) offsets[source + 1]!++
  for (let node = 0; node < nodes; node++) offsets[node + 1]! += offsets[node]!
  const waits = new Int32Array(nodes)
  const targets = new Int32Array(sources.length + from.length)
  const counts = new Uint8Array(targets.length)
  const next = offsets.slice(0, nodes)
  const lay = (source: number, target: number, counting: number): void => {
    const place = next[source]!++
    targets[place] = target
    counts[place] = counting
    waits[target]!++
  }
  for (let index = 0; index < tasks.length; index++)
    for (let at = starts[index]!; at < starts[index + 1]!; at++) lay(sources[at]!, index, 1)
  for (let edge = 0; edge < from.length; edge++) lay(from[edge]!, to[edge]!, kind[edge] === Kind.order ? 0 : 1)
  const edgeCounts = countsOf(needs, kind)
  return { tasks, nodes, waits, offsets, targets, counts, edgeCounts, shared, edges: () => explainEdges(tasks, needs, store, accessesOf) }
}

function countsOf({ byReference }: Needs, kind: Int32Array): EdgeCounts {
  let [reference, effect] = [0, 0]
  for (const by of byReference) reference += by
  for (const which of kind) if (which === Kind.effect) effect++
  return { explicit: byReference.length - reference, reference, effect, order: kind.length - effect }
}

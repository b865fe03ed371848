import type { Edge, Graph } from '../../model/graph.js'

/** An operation that another waits for, and why in a word. */
export interface Wait {
  readonly from: string
  readonly why: string | undefined
}

/** Above this many edges the waits that follow from others are told too: to leave them out would take too long. */
const mostEdges = 20_000

/** What each operation waits for, without what follows from that: of a chain, only its last link. */
export function directWaits(graph: Graph, whyOf: (edge: Edge) => string | undefined): ReadonlyMap<string, readonly Wait[]> {
  const edges = graph.edges()
  const waits = new Map<string, Map<string, Wait>>()
  for (const edge of edges) {
    const before = waits.get(edge.to) ?? new Map<string, Wait>()
    waits.set(edge.to, before)
    const known = before.get(edge.from)
    // What the plan itself says needs no other reason.
    if (known === undefined || known.why !== undefined) before.set(edge.from, { from: edge.from, why: whyOf(edge) })
  }
  const few = edges.length <= mostEdges
  const place = new Map(graph.operations.map(({ id }, index) => [id, index]))
  const inOrder = (a: Wait, b: Wait): number => (place.get(a.from) ?? 0) - (place.get(b.from) ?? 0)
  return new Map([...waits].map(([id, before]) => [id, [...(few ? withoutIndirect(before, waits) : before).values()].sort(inOrder)]))
}

/** The waits of one operation that none of its other waits already implies. */
function withoutIndirect(
  before: ReadonlyMap<string, Wait>,
  waits: ReadonlyMap<string, ReadonlyMap<string, Wait>>,
): ReadonlyMap<string, Wait> {
  if (before.size < 2) return before
  const implied = new Set<string>()
  const left = [...before.keys()].flatMap((id) => [...(waits.get(id)?.keys() ?? [])])
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    if (implied.has(id)) continue
    implied.add(id)
    left.push(...(waits.get(id)?.keys() ?? []))
  }
  return new Map([...before].filter(([id]) => !implied.has(id)))
}

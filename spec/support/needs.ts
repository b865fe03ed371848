import { Kind } from '../../src/graph/edges/edgeStore.js'
import { explicitEdges, type ExplicitEdges } from '../../src/graph/edges/explicitEdges.js'

/** Needs as the reader of a plan finds them: first the dependencies of each operation, then what it refers to. */
export function needsOf(
  operations: readonly { readonly dependencies: readonly number[]; readonly sources: readonly number[] }[],
): ExplicitEdges {
  const list = explicitEdges(operations.length)
  for (const { dependencies, sources } of operations) {
    for (const source of dependencies) list.add(source, Kind.explicit)
    for (const source of sources) list.add(source, Kind.reference)
    list.next()
  }
  return list.done()
}

import type { Kind } from './edgeStore.js'

/** Kinds of edges that a plan tells: the others follow from effects. */
export type ExplicitKind = typeof Kind.explicit | typeof Kind.reference

/** What each operation was told to wait for: those of operation `i` are `sources[starts[i]] … sources[starts[i + 1] - 1]`. */
export interface ExplicitEdges {
  readonly starts: Int32Array
  readonly sources: Int32Array
  /** For each of those: whether it was told by a dependency or by a reference. */
  readonly kinds: Uint8Array
}

/** Needs as they are read, operation by operation. */
export interface ExplicitEdgeList {
  /** The operation that is read now waits for that one. Of several ways to do so the first counts. */
  add(source: number, kind: ExplicitKind): void
  /** The next operation is read from now on. */
  next(): void
  /** All there are. Nothing can be added any more. */
  done(): ExplicitEdges
}

export function explicitEdges(operations: number): ExplicitEdgeList {
  const starts = new Int32Array(operations + 1)
  let sources = new Int32Array(operations + 16)
  let kinds = new Uint8Array(operations + 16)
  // The last that was told to wait for each: a pair is one need.
  const seen = new Int32Array(operations).fill(-1)
  let index = 0
  let length = 0
  return {
    add(source, kind) {
      if (seen[source] === index) return
      seen[source] = index
      if (length === sources.length)
        [sources, kinds] = [grown(sources, new Int32Array(2 * length)), grown(kinds, new Uint8Array(2 * length))]
      sources[length] = source
      kinds[length++] = kind
    },
    next() {
      starts[++index] = length
    },
    // Copies of the right size: a plan that is ready to run may be kept for long.
    done: () => ({ starts, sources: sources.slice(0, length), kinds: kinds.slice(0, length) }),
  }
}

function grown<L extends Int32Array | Uint8Array>(values: L, larger: L): L {
  larger.set(values)
  return larger
}

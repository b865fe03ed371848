/** What each operation was told to wait for: those of operation `i` are `sources[starts[i]] … sources[starts[i + 1] - 1]`. */
export interface Needs {
  readonly starts: Int32Array
  readonly sources: Int32Array
  /** For each of those: 1 for a reference, 0 for a dependency. */
  readonly byReference: Uint8Array
}

/** Needs as they are read, operation by operation. */
export interface NeedsList {
  /** The operation that is read now waits for that one. Of several ways to do so the first counts. */
  add(source: number, reference: 0 | 1): void
  /** The next operation is read from now on. */
  next(): void
  /** All there are. Nothing can be added any more. */
  done(): Needs
}

export function needsList(operations: number): NeedsList {
  const starts = new Int32Array(operations + 1)
  let sources = new Int32Array(operations + 16)
  let byReference = new Uint8Array(operations + 16)
  // The last that was told to wait for each: a pair is one need.
  const seen = new Int32Array(operations).fill(-1)
  let index = 0
  let length = 0
  return {
    add(source, reference) {
      if (seen[source] === index) return
      seen[source] = index
      if (length === sources.length)
        [sources, byReference] = [grown(sources, new Int32Array(2 * length)), grown(byReference, new Uint8Array(2 * length))]
      sources[length] = source
      byReference[length++] = reference
    },
    next() {
      starts[++index] = length
    },
    // Copies of the right size: a plan that is ready to run may be kept for long.
    done: () => ({ starts, sources: sources.slice(0, length), byReference: byReference.slice(0, length) }),
  }
}

function grown<L extends Int32Array | Uint8Array>(values: L, larger: L): L {
  larger.set(values)
  return larger
}

import { intList } from './intList.js'

/** What each operation was told to wait for: those of operation `i` are `sources[starts[i]] … sources[starts[i + 1] - 1]`. */
export interface Needs {
  readonly starts: Int32Array
  readonly sources: Int32Array
  /** For each of those: 1 for a reference, 0 for a dependency. */
  readonly byReference: Int32Array
}

/** One entry for each pair of operations, in the order given; a dependency that is a reference too counts as a dependency. */
export function needsOf(operations: readonly { readonly dependencies: readonly number[]; readonly sources: readonly number[] }[]): Needs {
  const starts = new Int32Array(operations.length + 1)
  const sources = intList(operations.length + 1)
  const byReference = intList(operations.length + 1)
  const seen = new Int32Array(operations.length).fill(-1)
  operations.forEach((operation, index) => {
    const add = (source: number, reference: number): void => {
      if (seen[source] === index) return
      seen[source] = index
      sources.push(source)
      byReference.push(reference)
    }
    for (const source of operation.dependencies) add(source, 0)
    for (const source of operation.sources) add(source, 1)
    starts[index + 1] = sources.length
  })
  return { starts, sources: sources.view(), byReference: byReference.view() }
}

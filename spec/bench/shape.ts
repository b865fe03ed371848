/** A graph of operations without their work: the dependencies of operation `i` are `sources[offsets[i]] … sources[offsets[i + 1] - 1]`. */
export interface Shape {
  readonly name: ShapeName
  readonly size: number
  readonly offsets: Int32Array
  readonly sources: Int32Array
}

export type ShapeName = keyof typeof dependenciesOf

const layerWidth = 1_000

/** The operations that each waits for: always earlier ones, so that every contender can be given them in this order. */
const dependenciesOf = {
  independent: (): readonly number[] => [],
  /** Each waits for the one before. */
  chain: (index: number): readonly number[] => (index === 0 ? [] : [index - 1]),
  /** All wait for the first. */
  star: (index: number): readonly number[] => (index === 0 ? [] : [0]),
  /** Layers of 1,000 (a tenth of it all, if that is less), each operation waiting for three of the layer before. */
  layered(index: number, size: number): readonly number[] {
    const width = Math.max(3, Math.min(layerWidth, Math.ceil(size / 10)))
    const place = index % width
    const before = index - place - width
    if (before < 0) return []
    return [...new Set([place, (place * 7 + 1) % width, (place * 13 + 2) % width])].map((source) => before + source)
  },
}

export function shapeOf(name: ShapeName, size: number): Shape {
  const offsets = new Int32Array(size + 1)
  const sources: number[] = []
  for (let index = 0; index < size; index++) {
    sources.push(...dependenciesOf[name](index, size))
    offsets[index + 1] = sources.length
  }
  return { name, size, offsets, sources: Int32Array.from(sources) }
}

/** The dependencies of one operation, as a list of its own. */
export function sourcesOf({ offsets, sources }: Shape, index: number): readonly number[] {
  return [...sources.subarray(offsets[index], offsets[index + 1])]
}

/** The longest path through the graph, each operation weighing what it took. */
export function longestPath({ size, offsets, sources }: Shape, weights: ArrayLike<number>): number {
  const reach = new Float64Array(size)
  let longest = 0
  for (let index = 0; index < size; index++) {
    let before = 0
    for (let at = offsets[index]!; at < offsets[index + 1]!; at++) before = Math.max(before, reach[sources[at]!]!)
    reach[index] = before + weights[index]!
    longest = Math.max(longest, reach[index]!)
  }
  return longest
}

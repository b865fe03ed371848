/** A queue that gives the item of the smallest rank first, and equal ranks in the order they came. */
export interface OrderedQueue {
  add(item: number, rank: number): void
  /** The smallest rank; Infinity when empty. */
  best(): number
  /** Removes and gives the first item; -1 when empty. */
  take(): number
  /** Removes these items; gives those that were there. */
  drop(items: ReadonlySet<number>): readonly number[]
}

interface Entry {
  readonly item: number
  readonly rank: number
  readonly came: number
}

/** A binary heap (Williams, 1964). */
export function orderedQueue(): OrderedQueue {
  const heap: Entry[] = []
  let came = 0

  const before = (a: Entry, b: Entry): boolean => a.rank < b.rank || (a.rank === b.rank && a.came < b.came)

  const rise = (from: number): void => {
    const entry = heap[from]!
    let place = from
    while (place > 0) {
      const above = (place - 1) >>> 1
      if (!before(entry, heap[above]!)) break
      heap[place] = heap[above]!
      place = above
    }
    heap[place] = entry
  }

  const sink = (entry: Entry): void => {
    let place = 0
    for (let below = 1; below < heap.length; below = 2 * place + 1) {
      if (below + 1 < heap.length && before(heap[below + 1]!, heap[below]!)) below++
      if (!before(heap[below]!, entry)) break
      heap[place] = heap[below]!
      place = below
    }
    heap[place] = entry
  }

  return {
    add(item, rank) {
      heap.push({ item, rank, came: came++ })
      rise(heap.length - 1)
    },
    best: () => heap[0]?.rank ?? Infinity,
    take() {
      const first = heap[0]
      if (first === undefined) return -1
      const last = heap.pop()!
      if (heap.length > 0) sink(last)
      return first.item
    },
    drop(items) {
      const before = heap.splice(0)
      for (const entry of before) {
        if (items.has(entry.item)) continue
        heap.push(entry)
        rise(heap.length - 1)
      }
      return before.filter(({ item }) => items.has(item)).map(({ item }) => item)
    },
  }
}

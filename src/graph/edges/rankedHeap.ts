interface Ranked {
  readonly item: number
  readonly rank: number
  readonly came: number
}

/** Gives the item of the smallest rank first, and equal ranks in the order they came: a binary heap (Williams, 1964). */
export class RankedHeap {
  private readonly heap: Ranked[] = []
  private came = 0

  get size(): number {
    return this.heap.length
  }

  /** The smallest rank; Infinity when empty. */
  get best(): number {
    return this.heap.length === 0 ? Infinity : this.heap[0]!.rank
  }

  add(item: number, rank: number): void {
    this.rise({ item, rank, came: this.came++ })
  }

  /** Removes and gives the first item; -1 when empty. */
  take(): number {
    const { heap } = this
    const first = heap[0]
    if (first === undefined) return -1
    const last = heap.pop()!
    if (heap.length > 0) this.sink(last)
    return first.item
  }

  /** Removes these items; gives those that were there. */
  drop(items: ReadonlySet<number>): readonly number[] {
    const all = this.heap.splice(0)
    for (const ranked of all) if (!items.has(ranked.item)) this.rise(ranked)
    return all.filter(({ item }) => items.has(item)).map(({ item }) => item)
  }

  private rise(ranked: Ranked): void {
    const { heap } = this
    let place = heap.push(ranked) - 1
    while (place > 0) {
      const above = (place - 1) >>> 1
      if (!isBefore(ranked, heap[above]!)) break
      heap[place] = heap[above]!
      place = above
    }
    heap[place] = ranked
  }

  private sink(ranked: Ranked): void {
    const { heap } = this
    let place = 0
    for (let below = 1; below < heap.length; below = 2 * place + 1) {
      if (below + 1 < heap.length && isBefore(heap[below + 1]!, heap[below]!)) below++
      if (!isBefore(heap[below]!, ranked)) break
      heap[place] = heap[below]!
      place = below
    }
    heap[place] = ranked
  }
}

function isBefore(a: Ranked, b: Ranked): boolean {
  return a.rank < b.rank || (a.rank === b.rank && a.came < b.came)
}

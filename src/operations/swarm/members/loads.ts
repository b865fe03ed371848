/** How busy each of many is, and who is least busy, in logarithmic time. */
export interface Loads {
  /** Adds one with nothing to do. */
  add(): void
  change(index: number, by: number): void
  at(index: number): number
  /** The first of the least busy from `from` on; -1 when there is none. */
  least(from: number): number
}

const nobody = 2 ** 31 - 1

/** A segment tree of minima: leaves `capacity … 2 × capacity - 1`, each inner node the least of its two. */
export function loads(): Loads {
  let capacity = 8
  let count = 0
  let tree = new Int32Array(2 * capacity).fill(nobody)

  const set = (index: number, load: number): void => {
    let node = capacity + index
    tree[node] = load
    for (node >>= 1; node >= 1; node >>= 1) tree[node] = Math.min(tree[2 * node]!, tree[2 * node + 1]!)
  }
  const grow = (): void => {
    const before = tree.subarray(capacity, capacity + count)
    capacity *= 2
    const larger = new Int32Array(2 * capacity).fill(nobody)
    larger.set(before, capacity)
    for (let node = capacity - 1; node >= 1; node--) larger[node] = Math.min(larger[2 * node]!, larger[2 * node + 1]!)
    tree = larger
  }
  // The nodes that together hold exactly the leaves from `from` on, left to right: the right sisters on the way up.
  const leastNode = (from: number): number => {
    let best = capacity + from
    for (let node = best; node > 1; node >>= 1) if (node % 2 === 0 && tree[node + 1]! < tree[best]!) best = node + 1
    return best
  }
  return {
    add() {
      if (count === capacity) grow()
      set(count++, 0)
    },
    change: (index, by) => set(index, tree[capacity + index]! + by),
    at: (index) => tree[capacity + index]!,
    least(from) {
      if (from >= count) return -1
      let node = leastNode(from)
      while (node < capacity) node = tree[2 * node]! <= tree[2 * node + 1]! ? 2 * node : 2 * node + 1
      return node - capacity
    },
  }
}

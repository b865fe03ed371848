/** A binary heap of at most `room` integers that gives the smallest first. */
export interface MinHeap {
  readonly size: number
  push(value: number): void
  /** The smallest; only for a heap that is not empty. */
  pop(): number
}

export function minHeap(room: number): MinHeap {
  const values = new Int32Array(room)
  let size = 0
  return {
    get size() {
      return size
    },
    push(value) {
      let hole = size++
      while (hole > 0) {
        const above = (hole - 1) >> 1
        if (values[above]! <= value) break
        values[hole] = values[above]!
        hole = above
      }
      values[hole] = value
    },
    pop() {
      const smallest = values[0]!
      const value = values[--size]!
      let hole = 0
      for (let below = 1; below < size; below = 2 * hole + 1) {
        if (below + 1 < size && values[below + 1]! < values[below]!) below++
        if (values[below]! >= value) break
        values[hole] = values[below]!
        hole = below
      }
      values[hole] = value
      return smallest
    },
  }
}

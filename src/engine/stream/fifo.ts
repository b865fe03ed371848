// engine/stream: the small pieces of RxJS and the queue that the hot path is built on.
/** First in, first out. `Array.shift` moves every item of a long list; this moves each at most once. */
export interface Fifo<A> {
  readonly size: number
  push(item: A): void
  /** Removes and gives the oldest; undefined when empty. */
  take(): A | undefined
  clear(): void
}

/** Places that an empty list keeps for what comes next. */
const mostKept = 1_024

export function fifo<A>(): Fifo<A> {
  let items: (A | undefined)[] = []
  let first = 0
  let end = 0
  return {
    get size() {
      return end - first
    },
    push: (item) => void (items[end++] = item),
    take() {
      if (first === end) return undefined
      const item = items[first]
      items[first++] = undefined
      if (first === end) {
        // Its places are used again: most lists of a run are empty after every operation, and a new one for each is garbage.
        if (end > mostKept) items = []
        first = 0
        end = 0
      } else if (first >= mostKept && first * 2 >= end) {
        items = items.slice(first, end)
        end -= first
        first = 0
      }
      return item
    },
    clear() {
      items = []
      first = 0
      end = 0
    },
  }
}

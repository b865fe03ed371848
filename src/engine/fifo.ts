/** First in, first out. `Array.shift` moves every item of a long list; this moves each at most once. */
export interface Fifo<A> {
  readonly size: number
  push(item: A): void
  /** Removes and gives the oldest; undefined when empty. */
  take(): A | undefined
  clear(): void
}

/** Places that may lie unused before the list is cut. */
const mostUnused = 1_024

export function fifo<A>(): Fifo<A> {
  let items: A[] = []
  let first = 0
  return {
    get size() {
      return items.length - first
    },
    push: (item) => void items.push(item),
    take() {
      if (first === items.length) return undefined
      const item = items[first++]
      if (first === items.length) [items, first] = [[], 0]
      else if (first >= mostUnused && first * 2 >= items.length) [items, first] = [items.slice(first), 0]
      return item
    },
    clear() {
      items = []
      first = 0
    },
  }
}

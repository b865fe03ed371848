// engine/stream: the small pieces of RxJS and the queue that the hot path is built on.
/** Places that an empty list keeps for what comes next. */
const mostKept = 1_024

/** First in, first out. `Array.shift` moves every item of a long list; this moves each at most once. */
export class Fifo<A> {
  private items: (A | undefined)[] = []
  private first = 0
  private end = 0

  get size(): number {
    return this.end - this.first
  }

  push(item: A): void {
    this.items[this.end++] = item
  }

  /** The oldest, left in place; undefined when empty. */
  peek(): A | undefined {
    return this.items[this.first]
  }

  /** Removes and gives the oldest; undefined when empty. */
  take(): A | undefined {
    if (this.first === this.end) return undefined
    const item = this.items[this.first]
    this.items[this.first++] = undefined
    if (this.first === this.end) this.shrink()
    else if (this.first >= mostKept && this.first * 2 >= this.end) this.moveUp()
    return item
  }

  clear(): void {
    this.items = []
    this.first = 0
    this.end = 0
  }

  // Its places are used again: most lists of a run are empty after every operation, and a new one for each is garbage.
  private shrink(): void {
    if (this.end > mostKept) this.items = []
    this.first = 0
    this.end = 0
  }

  private moveUp(): void {
    this.items = this.items.slice(this.first, this.end)
    this.end -= this.first
    this.first = 0
  }
}

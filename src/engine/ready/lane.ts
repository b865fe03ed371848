import { RankedHeap } from '../../graph/edges/rankedHeap.js'
import type { Priority } from '../../model/plan.js'
import { Fifo } from '../stream/fifo.js'

const levels: Readonly<Record<Priority, number>> = { critical: 0, high: 1, medium: 2, low: 3 }
const placesPerLevel = 2 ** 48

/**
 * The ready operations that ask for the same: the same pool, the same weight. Only the best of them need be looked at.
 *
 * Most become ready in the order in which they start, and wait in a plain queue; a heap holds those that come before one that is
 * waiting already.
 */
export class Lane {
  /** How often its best has been passed by another of its pool, since it did not fit into the pool. */
  passed = 0
  /** Its place in the heap of its weight; -1 while it is in none. */
  place = -1
  private readonly items = new Fifo<number>()
  private readonly ranks = new Fifo<number>()
  private lastRank = -Infinity
  private readonly early = new RankedHeap()

  constructor(
    readonly weight: number,
    /** The name of the pool. */
    readonly pool: string | undefined,
  ) {}

  /** `order` is the operation's place in submission order. */
  add(index: number, priority: Priority, order: number): void {
    // Priority, then place in submission order, as one number: the smallest goes first.
    const rank = levels[priority] * placesPerLevel + order
    // Behind an empty queue the heap alone knows the order, until it is empty as well.
    if (this.items.size === 0 ? this.early.size > 0 : rank < this.lastRank) return this.early.add(index, rank)
    this.items.push(index)
    this.ranks.push(rank)
    this.lastRank = rank
  }

  /** The rank of its best; Infinity when the lane is empty. */
  get best(): number {
    const first = this.ranks.peek() ?? Infinity
    const { best } = this.early
    return first <= best ? first : best
  }

  /** Removes and gives its best; -1 when the lane is empty. */
  take(): number {
    const first = this.ranks.peek()
    if (first === undefined || first > this.early.best) return this.early.take()
    this.ranks.take()
    return this.items.take()!
  }

  /** Removes these, or all; gives those that were there. */
  drop(indexes: ReadonlySet<number> | undefined): readonly number[] {
    const dropped: number[] = []
    if (indexes === undefined) {
      for (let index = this.take(); index !== -1; index = this.take()) dropped.push(index)
      return dropped
    }
    dropped.push(...this.early.drop(indexes))
    for (let left = this.items.size; left > 0; left--) {
      const [index, rank] = [this.items.take()!, this.ranks.take()!]
      if (indexes.has(index)) dropped.push(index)
      else {
        this.items.push(index)
        this.ranks.push(rank)
      }
    }
    return dropped
  }
}

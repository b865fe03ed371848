import type { Priority } from '../../model/plan.js'
import type { Rate } from './rate.js'
import { indexQueue, type IndexQueue } from './indexQueue.js'
import { orderedQueue } from './orderedQueue.js'

/** A named limit below the run's concurrency. */
export interface Pool {
  readonly limit: number
  readonly rate: Rate | undefined
  used: number
}

/** The ready operations that ask for the same: the same pool, the same weight. Only the best of them need be looked at. */
export interface Lane {
  readonly weight: number
  readonly pool: Pool | undefined
  /** How often its best has been passed by another because it did not fit. */
  passed: number
  /** `order` is the operation's place in submission order. */
  add(index: number, priority: Priority, order: number): void
  /** The rank of its best; Infinity when the lane is empty. */
  best(): number
  take(): number
  /** Removes these; gives those that were there. Only operations that come while the run goes on can be dropped. */
  drop(indexes: ReadonlySet<number>): readonly number[]
}

const levels: Readonly<Record<Priority, number>> = { critical: 0, high: 1, medium: 2, low: 3 }
const placesPerLevel = 2 ** 48

/** Priority, then place in submission order, as one number: the smallest goes first. */
function rankOf(level: number, order: number): number {
  return level * placesPerLevel + order
}

/** A lane for operations known before the run: their index is their place in submission order, and `bound` is how many there are. */
export function indexedLane(bound: number, weight: number, pool: Pool | undefined): Lane {
  const queues: (IndexQueue | undefined)[] = [undefined, undefined, undefined, undefined]
  return {
    weight,
    pool,
    passed: 0,
    add(index, priority) {
      ;(queues[levels[priority]] ??= indexQueue(bound)).add(index)
    },
    best() {
      for (let level = 0; level < 4; level++) {
        const queue = queues[level]
        if (queue !== undefined && queue.size > 0) return rankOf(level, queue.peek())
      }
      return Infinity
    },
    take() {
      for (const queue of queues) if (queue !== undefined && queue.size > 0) return queue.take()
      return -1
    },
    drop: () => [],
  }
}

/** A lane for operations that come while the run goes on: their indexes are used again and say nothing about order. */
export function orderedLane(weight: number, pool: Pool | undefined): Lane {
  const queue = orderedQueue()
  return {
    weight,
    pool,
    passed: 0,
    add: (index, priority, order) => queue.add(index, rankOf(levels[priority], order)),
    best: () => queue.best(),
    take: () => queue.take(),
    drop: (indexes) => queue.drop(indexes),
  }
}

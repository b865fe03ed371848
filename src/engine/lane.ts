import type { Priority } from '../model/plan.js'
import { indexQueue, type IndexQueue } from './indexQueue.js'

const ranks: Readonly<Record<Priority, number>> = { critical: 0, high: 1, medium: 2, low: 3 }

/** A named limit below the run's concurrency. */
export interface Pool {
  readonly limit: number
  used: number
}

/** The ready operations that ask for the same: the same pool, the same weight. Its best is the only one that need be looked at. */
export interface Lane {
  readonly weight: number
  readonly pool: Pool | undefined
  /** How often its best has been passed by another because it did not fit. */
  passed: number
  add(index: number, priority: Priority): void
  /** Priority, then place in the plan, as one number, the smallest first; Infinity when the lane is empty. */
  rank(): number
  take(): number
}

export function lane(bound: number, weight: number, pool: Pool | undefined): Lane {
  const queues: (IndexQueue | undefined)[] = [undefined, undefined, undefined, undefined]
  let size = 0
  return {
    weight,
    pool,
    passed: 0,
    add(index, priority) {
      size++
      ;(queues[ranks[priority]] ??= indexQueue(bound)).add(index)
    },
    rank() {
      if (size === 0) return Infinity
      for (let rank = 0; rank < 4; rank++) {
        const queue = queues[rank]
        if (queue !== undefined && queue.size > 0) return rank * bound + queue.peek()
      }
      return Infinity
    },
    take() {
      if (size === 0) return -1
      size--
      for (const queue of queues) if (queue !== undefined && queue.size > 0) return queue.take()
      return -1
    },
  }
}

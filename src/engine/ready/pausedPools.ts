import { RankedHeap } from '../../graph/edges/rankedHeap.js'
import type { Pool } from './pool.js'
import type { SlotClock } from './slotClock.js'

/** The pools that let nothing in before some time, by their rate. */
export interface PausedPools {
  /** Keeps the pool here if something asks for it that it would not let in yet. */
  look(pool: Pool): void
  /** Those that are over: they are no longer kept. The clock is asked to wake the run for the next of the others. */
  over(): readonly Pool[]
}

const none: readonly Pool[] = []

export function pausedPools(clock: SlotClock): PausedPools {
  const pools: Pool[] = []
  const places = new Map<Pool, number>()
  const byTime = new RankedHeap()
  return {
    look(pool) {
      const { opensAt } = pool
      if (opensAt === -Infinity || pool.isPaused || opensAt <= clock.now() || !pool.isAskedFor) return
      pool.isPaused = true
      let place = places.get(pool)
      if (place === undefined) {
        place = pools.push(pool) - 1
        places.set(pool, place)
      }
      byTime.add(place, opensAt)
    },
    over() {
      if (byTime.size === 0) return none
      const now = clock.now()
      const over: Pool[] = []
      while (byTime.best <= now) over.push(pools[byTime.take()]!)
      for (const pool of over) pool.isPaused = false
      if (byTime.size > 0) clock.wakeIn(byTime.best - now)
      return over
    },
  }
}

// operators/pool: what values wait for before they are worked on, and in which order results leave.
import type { SchedulerLike } from 'rxjs'
import { cooledQueue } from '../../engine/ready/cooledQueue.js'
import { cooldowns as cooldownsOf } from '../../engine/ready/cooldowns.js'
import { readyQueue, type Demand } from '../../engine/ready/readyQueue.js'
import { monotonic } from '../../engine/time/clock.js'
import { wakeTimer } from '../../engine/time/wakeTimer.js'
import type { PoolLimit } from '../../model/plan.js'

/** A value, and its place in the source. */
export interface PlacedValue<A> {
  readonly value: A
  readonly index: number
}

/** Values that wait for a slot, in the queue that the operations of a run wait in. */
export interface WaitingValues<A> {
  add(value: A, demand: Demand): void
  /** The next value that may start; undefined when none may. Its slots are taken. */
  take(): PlacedValue<A> | undefined
  /** A value was refused: it waits again, and its pool is closed, for so many ms. False when that is no wait, or one too many. */
  refused(index: number, waitMs: number | undefined): boolean
  /** A value has been worked on: its slots are free. */
  done(index: number): void
  limit(concurrency: number): void
  /** Those that are not done. */
  readonly size: () => number
  /** Clears the timers. */
  readonly clear: () => void
}

export interface WaitingParts {
  readonly concurrency: number
  readonly pools: ReadonlyMap<string, PoolLimit>
  readonly scheduler: SchedulerLike
  /** A value may start that might not before. */
  readonly wake: () => void
}

interface Waiting<A> extends PlacedValue<A> {
  readonly demand: Demand
}

export function waitingValues<A>({ concurrency, pools, scheduler, wake }: WaitingParts): WaitingValues<A> {
  const now = monotonic(scheduler)
  const values = new Map<number, Waiting<A>>()
  const demandOf = (index: number): Demand => values.get(index)!.demand
  const again = (index: number): void => {
    queue.add(index, demandOf(index), index)
    wake()
  }
  const timer = wakeTimer(scheduler, wake)
  const cooldowns = cooldownsOf({ scheduler, now, order: (index) => index, again })
  const queue = cooledQueue(readyQueue(concurrency, pools, { now, wakeIn: (ms) => timer.set(ms) }), cooldowns, demandOf)
  let added = 0
  return {
    add(value, demand) {
      const index = added++
      values.set(index, { value, index, demand })
      queue.add(index, demand, index)
    },
    take: () => values.get(queue.take(true)),
    refused(index, waitMs) {
      const demand = demandOf(index)
      if (cooldowns.refused(index, demand, waitMs) === undefined) return false
      queue.release(demand)
      queue.add(index, demand, index)
      return true
    },
    done(index) {
      const demand = demandOf(index)
      values.delete(index)
      queue.release(demand)
      cooldowns.left(index, demand)
    },
    limit: (limit) => queue.limit(limit),
    size: () => values.size,
    clear() {
      timer.clear()
      cooldowns.clear()
    },
  }
}

// operators/pool: what values wait for before they are worked on, and in which order results leave.
import type { CompiledOperation } from '../../model/graph.js'
import type { PoolLimit, Priority } from '../../model/plan.js'
import { readyQueue } from '../../engine/ready/readyQueue.js'
import type { SlotClock } from '../../engine/ready/slotClock.js'

/** What a value asks for. */
export interface Demand {
  readonly priority: Priority
  readonly weight: number
  readonly pool: string | undefined
}

/** Values that wait for a slot, in the queue that the operations of a run wait in. */
export interface WaitingValues<A> {
  add(value: A, demand: Demand): void
  /** The next value that may start, with its place in the source; undefined when none may. Its slots are taken. */
  take(): { readonly value: A; readonly index: number } | undefined
  /** Gives back the slots of a value that has been worked on. */
  release(index: number): void
  limit(concurrency: number): void
  readonly size: () => number
}

export function waitingValues<A>(concurrency: number, pools: ReadonlyMap<string, PoolLimit>, clock: SlotClock): WaitingValues<A> {
  const queue = readyQueue(concurrency, pools, clock)
  const values = new Map<number, A>()
  const demands = new Map<number, CompiledOperation>()
  let added = 0
  return {
    add(value, demand) {
      const index = added++
      // The queue looks at these three alone.
      const asks = demand as unknown as CompiledOperation
      values.set(index, value)
      demands.set(index, asks)
      queue.add(index, asks, index)
    },
    take() {
      const index = queue.take(true)
      if (index === -1) return undefined
      const value = values.get(index)!
      values.delete(index)
      return { value, index }
    },
    release(index) {
      queue.release(demands.get(index)!)
      demands.delete(index)
    },
    limit: (limit) => queue.limit(limit),
    size: () => values.size,
  }
}

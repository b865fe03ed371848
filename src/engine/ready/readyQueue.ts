// engine/ready: the operations that are ready, and the limits they wait for.
import type { PoolLimit, Priority } from '../../model/plan.js'
import { Lane } from './lane.js'
import { pausedPools } from './pausedPools.js'
import { Pool } from './pool.js'
import type { SlotClock } from './slotClock.js'
import { WaitingLanes } from './waitingLanes.js'

/** What an operation, or a value of a `mergeMapPool`, asks for before it starts. */
export interface Demand {
  readonly priority: Priority
  readonly weight: number
  readonly pool?: string | undefined
  /** The server it asks: closed for a while in the place of a pool. */
  readonly origin?: string | undefined
}

/** The ready operations, and the limits they wait for. */
export interface ReadyQueue {
  /** Whether one more operation of weight 1 and no pool would fit. */
  hasFreeSlot(): boolean
  /** Adds an operation at its place in submission order. */
  add(index: number, operation: Demand, order: number): void
  /** Takes the slots of the next operation that may start; -1 when none may, or, for a slot, when one that takes none goes first. */
  take(forSlot: boolean): number
  release(operation: Demand): void
  /** Removes these, taking no slot; gives those that were ready. */
  drop(indexes: ReadonlySet<number>): readonly number[]
  /** Removes every ready operation, taking no slot. */
  clear(): readonly number[]
  limit(concurrency: number): void
}

const noClock: SlotClock = { now: () => 0, wakeIn: () => undefined }

/**
 * Best priority first, then submission order. An operation that does not fit may be passed by smaller ones `concurrency` times;
 * then what becomes free is kept for it.
 */
export function readyQueue(concurrency: number, pools: ReadonlyMap<string, PoolLimit>, clock: SlotClock = noClock): ReadyQueue {
  const named = new Map([...pools].map(([name, limits]) => [name, new Pool(limits)]))
  const paused = pausedPools(clock)
  // Of those that ask for nothing special: nearly all there are.
  const common = new Lane(1, undefined)
  // Those that take no slot, since they only set others to work.
  const weightless = new Lane(0, undefined)
  const special = new Map<string, Lane>()
  const waiting = new WaitingLanes()
  let limit = concurrency
  let used = 0
  let ready = 0

  const poolOf = (name: string | undefined): Pool | undefined => (name === undefined ? undefined : named.get(name))

  const laneOf = ({ weight, pool: name }: Demand): Lane => {
    if (weight === 0) return weightless
    const pool = poolOf(name)
    if (weight === 1 && pool === undefined) return common
    const key = pool === undefined ? `${weight}` : `${weight} ${name}`
    let found = special.get(key)
    if (found === undefined) {
      found = new Lane(weight, pool && name)
      special.set(key, found)
      pool?.adopt(found)
    }
    return found
  }

  const sortPool = (pool: Pool): void => {
    paused.look(pool)
    pool.sort(waiting, limit)
  }
  // After what is in it, or what its pool would let in, has changed.
  const sortLane = (lane: Lane): void => {
    if (lane === common || lane === weightless) return
    const pool = poolOf(lane.pool)
    if (pool !== undefined) sortPool(pool)
    else if (lane.best < Infinity) waiting.put(lane)
    else waiting.remove(lane)
  }
  const sortAll = (): void => {
    for (const lane of special.values()) sortLane(lane)
  }

  const takeFrom = (lane: Lane): number => {
    ready--
    used += lane.weight
    poolOf(lane.pool)?.enter(lane, limit, clock.now)
    const index = lane.take()
    sortLane(lane)
    return index
  }

  return {
    hasFreeSlot: () => used < limit,
    add(index, operation, order) {
      ready++
      const lane = laneOf(operation)
      const { best } = lane
      lane.add(index, operation.priority, order)
      if (lane.best < best) sortLane(lane)
    },
    take(forSlot) {
      if (ready === 0 || limit === 0) return -1
      if (weightless.best < Infinity) {
        if (forSlot) return -1
        ready--
        return weightless.take()
      }
      if (used >= limit) return -1
      if (special.size === 0) return takeFrom(common)
      for (const pool of paused.over()) sortPool(pool)
      const lane = waiting.next(common, limit - used, limit)
      return lane === undefined ? -1 : takeFrom(lane)
    },
    release({ weight, pool: name }) {
      used -= weight
      const pool = poolOf(name)
      if (pool === undefined) return
      pool.leave(weight)
      sortPool(pool)
    },
    drop(indexes) {
      const dropped = [weightless, common, ...special.values()].flatMap((lane) => lane.drop(indexes))
      ready -= dropped.length
      sortAll()
      return dropped
    },
    clear() {
      const cleared = [weightless, common, ...special.values()].flatMap((lane) => lane.drop(undefined))
      ready = 0
      sortAll()
      return cleared.sort((a, b) => a - b)
    },
    limit(to) {
      limit = to
      sortAll()
    },
  }
}

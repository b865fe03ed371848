// engine/ready: the operations that are ready, and the limits they wait for.
import type { CompiledOperation } from '../../model/graph.js'
import type { PoolLimit } from '../../model/plan.js'
import { rate } from './rate.js'
import { indexedLane, orderedLane, type Lane, type Pool } from './lane.js'

/** The ready operations, and the limits they wait for. */
export interface ReadyQueue {
  /** How many operations are ready and not yet taken. */
  readonly ready: number
  /** Whether one more operation of weight 1 and no pool would fit. */
  readonly free: boolean
  /** Adds an operation at its place in submission order. */
  add(index: number, operation: CompiledOperation, order: number): void
  /** Takes the slots of the next operation that may start; -1 when none may, or, for a slot, when one that takes none goes first. */
  take(forSlot: boolean): number
  release(operation: CompiledOperation): void
  /** Removes these, which came while the run went on, taking no slot; gives those that were ready. */
  drop(indexes: ReadonlySet<number>): readonly number[]
  /** Removes every ready operation, taking no slot. */
  clear(): readonly number[]
  limit(concurrency: number): void
}

/** The time of the run, for pools that let so many start a second. */
export interface SlotClock {
  now(): number
  /** Asks to be tried again after so many ms. */
  wakeIn(ms: number): void
}

const noClock: SlotClock = { now: () => 0, wakeIn: () => undefined }

function poolOf({ limit = Infinity, perSecond, burst = 1 }: PoolLimit): Pool {
  return { limit, rate: perSecond === undefined ? undefined : rate(perSecond, burst), used: 0 }
}

/**
 * Best priority first, then submission order. An operation that does not fit may be passed by smaller ones `concurrency` times;
 * then what becomes free is kept for it.
 */
export function readyQueue(
  known: number,
  concurrency: number,
  pools: ReadonlyMap<string, PoolLimit>,
  clock: SlotClock = noClock,
): ReadyQueue {
  const named = new Map<string, Pool>([...pools].map(([name, limits]) => [name, poolOf(limits)]))
  const common = indexedLane(known, 1, undefined)
  const lanes: Lane[] = [common]
  // Of those that came since, the ones that ask for nothing special: nearly all there are.
  let commonLate: Lane | undefined
  // Those that take no slot, since they only set others to work.
  const weightless = orderedLane(0, undefined)
  const byKey = new Map<string, Lane>()
  let limit = concurrency
  let used = 0
  let ready = 0

  const laneOf = (operation: CompiledOperation, late: boolean): Lane => {
    const { weight } = operation
    const pool = operation.pool === undefined ? undefined : named.get(operation.pool)
    if (weight === 1 && pool === undefined) {
      if (!late) return common
      if (commonLate === undefined) lanes.push((commonLate = orderedLane(1, undefined)))
      return commonLate
    }
    const key = `${late} ${weight} ${operation.pool ?? ''}`
    let found = byKey.get(key)
    if (found === undefined) {
      found = late ? orderedLane(weight, pool) : indexedLane(known, weight, pool)
      byKey.set(key, found)
      lanes.push(found)
    }
    return found
  }

  const fits = ({ weight, pool }: Lane): boolean => used + weight <= limit && (pool === undefined || pool.used + weight <= pool.limit)

  // Whether its pool may start one more now; if not, the run is woken when it may.
  const inTime = ({ pool }: Lane): boolean => {
    if (pool?.rate === undefined) return true
    const waitMs = pool.rate.nextAt() - clock.now()
    if (waitMs > 0) clock.wakeIn(waitMs)
    return waitMs <= 0
  }

  const takeFrom = (lane: Lane): number => {
    ready--
    used += lane.weight
    if (lane.pool !== undefined) lane.pool.used += lane.weight
    lane.pool?.rate?.spend(clock.now())
    lane.passed = 0
    return lane.take()
  }

  /** The only lane in which anything waits; undefined when there are several, or none. */
  const onlyLane = (): Lane | undefined => {
    let only: Lane | undefined
    for (const lane of lanes) {
      if (lane.best() === Infinity) continue
      if (only !== undefined) return undefined
      only = lane
    }
    return only
  }

  // Looks at the best of each lane, best rank first; `kept` are pools kept for one that was passed too often.
  const takeAmongLanes = (): number => {
    const waiting = lanes.filter((lane) => lane.best() < Infinity).sort((a, b) => a.best() - b.best())
    const kept = new Set<Pool>()
    const tooBig: Lane[] = []
    for (const lane of waiting) {
      if (lane.pool !== undefined && kept.has(lane.pool)) continue
      if (!inTime(lane)) continue
      if (fits(lane)) {
        for (const passed of tooBig) passed.passed++
        return takeFrom(lane)
      }
      if (lane.weight === 1) continue // Only its full pool holds it back, and nobody else gets in there before it.
      if (lane.weight > limit) continue // The limit was lowered below it: nothing that becomes free would do.
      tooBig.push(lane)
      if (lane.passed < limit) continue
      if (lane.pool === undefined || lane.pool.used + lane.weight <= lane.pool.limit) return -1
      kept.add(lane.pool)
    }
    return -1
  }

  return {
    get ready() {
      return ready
    },
    get free() {
      return used < limit
    },
    add(index, operation, order) {
      ready++
      if (operation.weight === 0) return weightless.add(index, operation.priority, order)
      laneOf(operation, index >= known).add(index, operation.priority, order)
    },
    take(forSlot) {
      if (ready === 0 || limit === 0) return -1
      if (forSlot && weightless.best() < Infinity) return -1
      const coordinator = weightless.take()
      if (coordinator !== -1) {
        ready--
        return coordinator
      }
      if (used >= limit) return -1
      const only = lanes.length === 1 ? common : onlyLane()
      return only !== undefined && only.weight === 1 && only.pool === undefined ? takeFrom(only) : takeAmongLanes()
    },
    release(operation) {
      used -= operation.weight
      const pool = operation.pool === undefined ? undefined : named.get(operation.pool)
      if (pool !== undefined) pool.used -= operation.weight
    },
    drop(indexes) {
      const dropped = [weightless, ...lanes].flatMap((lane) => lane.drop(indexes))
      ready -= dropped.length
      return dropped
    },
    clear() {
      const cleared: number[] = []
      for (const lane of [weightless, ...lanes]) for (let index = lane.take(); index !== -1; index = lane.take()) cleared.push(index)
      ready = 0
      return cleared.sort((a, b) => a - b)
    },
    limit(to) {
      limit = to
    },
  }
}

// engine/ready: the operations that are ready, and the limits they wait for.
import type { CompiledOperation } from '../../model/graph.js'
import type { PoolLimit } from '../../model/plan.js'
import { Lane } from './lane.js'
import { Pool } from './pool.js'

/** The ready operations, and the limits they wait for. */
export interface ReadyQueue {
  /** Whether one more operation of weight 1 and no pool would fit. */
  hasFreeSlot(): boolean
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
  readonly now: () => number
  /** Asks to be tried again after so many ms. */
  wakeIn(ms: number): void
}

const noClock: SlotClock = { now: () => 0, wakeIn: () => undefined }

/**
 * Best priority first, then submission order. An operation that does not fit may be passed by smaller ones `concurrency` times;
 * then what becomes free is kept for it.
 */
export function readyQueue(concurrency: number, pools: ReadonlyMap<string, PoolLimit>, clock: SlotClock = noClock): ReadyQueue {
  const named = new Map([...pools].map(([name, limits]) => [name, new Pool(limits)]))
  // Of those that ask for nothing special: nearly all there are.
  const common = new Lane(1, undefined)
  const lanes: Lane[] = [common]
  // Those that take no slot, since they only set others to work.
  const weightless = new Lane(0, undefined)
  const byKey = new Map<string, Lane>()
  let limit = concurrency
  let used = 0
  let ready = 0

  const laneOf = ({ weight, pool: name }: CompiledOperation): Lane => {
    if (weight === 0) return weightless
    const pool = name === undefined ? undefined : named.get(name)
    if (weight === 1 && pool === undefined) return common
    const key = `${weight} ${name ?? ''}`
    let found = byKey.get(key)
    if (found === undefined) {
      found = new Lane(weight, pool)
      byKey.set(key, found)
      lanes.push(found)
    }
    return found
  }

  const fits = ({ weight, pool }: Lane): boolean => used + weight <= limit && (pool === undefined || pool.fits(weight))

  // Whether its pool may start one more now; if not, the run is woken when it may.
  const isOpen = ({ pool }: Lane): boolean => {
    const opensAt = pool === undefined ? -Infinity : pool.opensAt()
    if (opensAt === -Infinity) return true
    const waitMs = opensAt - clock.now()
    if (waitMs > 0) clock.wakeIn(waitMs)
    return waitMs <= 0
  }

  const takeFrom = (lane: Lane): number => {
    ready--
    used += lane.weight
    lane.pool?.enter(lane.weight, clock.now)
    lane.passed = 0
    return lane.take()
  }

  /** The only lane in which anything waits; undefined when there are several, or none. */
  const onlyLane = (): Lane | undefined => {
    let only: Lane | undefined
    for (const lane of lanes) {
      if (lane.best === Infinity) continue
      if (only !== undefined) return undefined
      only = lane
    }
    return only
  }

  // Looks at the best of each lane, best rank first; `kept` are pools kept for one that was passed too often.
  const takeAmongLanes = (): number => {
    const waiting = lanes.filter((lane) => lane.best < Infinity).sort((a, b) => a.best - b.best)
    const kept = new Set<Pool>()
    const tooBig: Lane[] = []
    for (const lane of waiting) {
      if (lane.pool !== undefined && kept.has(lane.pool)) continue
      if (!isOpen(lane)) continue
      if (fits(lane)) {
        for (const passed of tooBig) passed.passed++
        return takeFrom(lane)
      }
      if (lane.weight === 1) continue // Only its full pool holds it back, and nobody else gets in there before it.
      if (lane.weight > limit) continue // The limit was lowered below it: nothing that becomes free would do.
      tooBig.push(lane)
      if (lane.passed < limit) continue
      if (lane.pool === undefined || lane.pool.fits(lane.weight)) return -1
      kept.add(lane.pool)
    }
    return -1
  }

  return {
    hasFreeSlot: () => used < limit,
    add(index, operation, order) {
      ready++
      laneOf(operation).add(index, operation.priority, order)
    },
    take(forSlot) {
      if (ready === 0 || limit === 0) return -1
      if (weightless.best < Infinity) {
        if (forSlot) return -1
        ready--
        return weightless.take()
      }
      if (used >= limit) return -1
      const only = lanes.length === 1 ? common : onlyLane()
      return only !== undefined && only.weight === 1 && only.pool === undefined ? takeFrom(only) : takeAmongLanes()
    },
    release({ weight, pool }) {
      used -= weight
      if (pool !== undefined) named.get(pool)?.leave(weight)
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

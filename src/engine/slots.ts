import type { Task } from '../model/graph.js'
import { lane, type Lane, type Pool } from './lane.js'

/** The ready operations, and the limits they wait for. */
export interface Slots {
  /** How many operations are ready and not yet taken. */
  readonly ready: number
  add(index: number): void
  /** Takes the slots of the next operation that may start; -1 when none may. */
  take(): number
  free(task: Task): void
  /** Removes every ready operation, in order, taking no slot. */
  clear(): readonly number[]
  limit(concurrency: number): void
}

/**
 * Best priority first, then place in the plan. An operation that does not fit may be passed by smaller ones `concurrency` times;
 * then the slots that become free are kept for it.
 */
export function slots(tasks: readonly Task[], concurrency: number, pools: ReadonlyMap<string, number>): Slots {
  const named = new Map<string, Pool>([...pools].map(([name, limit]) => [name, { limit, used: 0 }]))
  const common = lane(tasks.length, 1, undefined)
  const lanes: Lane[] = [common]
  const byKey = new Map<string, Lane>()
  let limit = concurrency
  let used = 0
  let ready = 0

  const laneOf = (task: Task): Lane => {
    if (task.weight === 1 && task.pool === undefined) return common
    const key = `${task.weight} ${task.pool ?? ''}`
    let found = byKey.get(key)
    if (found === undefined) {
      found = lane(tasks.length, task.weight, task.pool === undefined ? undefined : named.get(task.pool))
      byKey.set(key, found)
      lanes.push(found)
    }
    return found
  }

  const fits = ({ weight, pool }: Lane): boolean => used + weight <= limit && (pool === undefined || pool.used + weight <= pool.limit)

  const takeFrom = (chosen: Lane): number => {
    ready--
    used += chosen.weight
    if (chosen.pool !== undefined) chosen.pool.used += chosen.weight
    chosen.passed = 0
    return chosen.take()
  }

  // Looks at the best of each lane, best rank first; `barred` are pools kept for one that was passed too often.
  const takeAmongLanes = (): number => {
    const waiting = lanes.filter((candidate) => candidate.rank() < Infinity).sort((a, b) => a.rank() - b.rank())
    const barred = new Set<Pool>()
    const tooBig: Lane[] = []
    for (const candidate of waiting) {
      if (candidate.pool !== undefined && barred.has(candidate.pool)) continue
      if (fits(candidate)) {
        for (const passed of tooBig) passed.passed++
        return takeFrom(candidate)
      }
      if (candidate.weight === 1) continue // Only its full pool holds it back, and nobody else gets in there before it.
      if (candidate.weight > limit) continue // The limit was lowered below it: nothing that becomes free would do.
      tooBig.push(candidate)
      if (candidate.passed < limit) continue
      if (candidate.pool === undefined || candidate.pool.used + candidate.weight <= candidate.pool.limit) return -1
      barred.add(candidate.pool)
    }
    return -1
  }

  return {
    get ready() {
      return ready
    },
    add(index) {
      ready++
      const task = tasks[index]!
      laneOf(task).add(index, task.priority)
    },
    take() {
      if (ready === 0 || used >= limit) return -1
      return lanes.length === 1 ? takeFrom(common) : takeAmongLanes()
    },
    free(task) {
      used -= task.weight
      const pool = task.pool === undefined ? undefined : named.get(task.pool)
      if (pool !== undefined) pool.used -= task.weight
    },
    clear() {
      const cleared: number[] = []
      for (const each of lanes) for (let index = each.take(); index !== -1; index = each.take()) cleared.push(index)
      ready = 0
      return cleared.sort((a, b) => a - b)
    },
    limit(to) {
      limit = to
    },
  }
}

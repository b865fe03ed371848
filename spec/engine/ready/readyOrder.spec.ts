import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readyQueue } from '../../../src/engine/ready/readyQueue.js'
import type { CompiledOperation } from '../../../src/model/graph.js'
import type { PoolLimit } from '../../../src/model/plan.js'

const test = suite('the order of what is ready')

interface Waiting {
  readonly index: number
  readonly rank: number
  readonly weight: number
  readonly pool: string | undefined
}

const levels = { critical: 0, high: 1, medium: 2, low: 3 } as const
const pools: ReadonlyMap<string, PoolLimit> = new Map([
  ['p', { limit: 2 }],
  ['q', { limit: 3 }],
  ['r', { limit: 2, perSecond: 50, burst: 2 }],
])

/** What the queue promises, by a look at each that waits. */
class LookAtEach {
  readonly waiting: Waiting[] = []
  readonly running: Waiting[] = []
  private readonly passes = new Map<string, number>()
  private readonly starts: number[] = []

  constructor(public limit: number) {}

  take(now: number): number {
    const passing = new Map<string, Waiting>()
    const closed = new Set<string>()
    let keepsSlots = false
    for (const each of this.waiting.toSorted((a, b) => a.rank - b.rank || a.index - b.index)) {
      const { weight, pool } = each
      if (pool !== undefined && (closed.has(pool) || !this.isInTime(pool, now))) continue
      const hasRoom = pool === undefined || this.used(pool) + weight <= pools.get(pool)!.limit!
      const fits = hasRoom && this.used() + weight <= this.limit
      if (fits && !keepsSlots) return this.start(each, passing, now)
      if (fits || weight === 1 || weight > this.limit) continue
      const key = hasRoom ? `${weight}` : `${weight} ${pool}`
      if (!passing.has(key)) passing.set(key, each)
      if ((this.passes.get(key) ?? 0) < this.limit) continue
      if (hasRoom) keepsSlots = true
      else closed.add(pool!)
    }
    return -1
  }

  private start(each: Waiting, passing: ReadonlyMap<string, Waiting>, now: number): number {
    const { weight, pool, index } = each
    for (const key of passing.keys())
      if (!key.includes(' ') || key.endsWith(` ${pool}`)) this.passes.set(key, (this.passes.get(key) ?? 0) + 1)
    for (const key of [`${weight}`, `${weight} ${pool}`]) this.passes.set(key, 0)
    this.waiting.splice(this.waiting.indexOf(each), 1)
    this.running.push(each)
    if (pool === 'r') this.starts.push(now)
    return index
  }

  private used(pool?: string): number {
    return this.running.filter((each) => pool === undefined || each.pool === pool).reduce((sum, { weight }) => sum + weight, 0)
  }

  // Two tokens, and one more each 20 ms.
  private isInTime(pool: string, now: number): boolean {
    if (pool !== 'r') return true
    let [left, since] = [2, -Infinity]
    for (const at of [...this.starts, now]) {
      left = Math.min(2, left + (at - since) / 20) - 1
      since = at
    }
    return left >= -1e-9
  }
}

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      add: fc.record({
        priority: fc.constantFrom('critical' as const, 'high' as const, 'medium' as const, 'medium' as const, 'low' as const),
        weight: fc.constantFrom(1, 1, 1, 2, 3, 4),
        pool: fc.constantFrom(undefined, 'p', 'p', 'q', 'r'),
      }),
    }),
  },
  { weight: 8, arbitrary: fc.record({ end: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ later: fc.integer({ min: 1, max: 40 }) }) },
  { weight: 1, arbitrary: fc.record({ limit: fc.integer({ min: 1, max: 6 }) }) },
)

test('is that of a look at each, after whatever has happened', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(step, { minLength: 1, maxLength: 120, size: 'max' }), (concurrency, steps) => {
      let now = 0
      const queue = readyQueue(concurrency, pools, { now: () => now, wakeIn: () => undefined })
      const plain = new LookAtEach(concurrency)
      let added = 0
      for (const taken of steps) {
        if ('add' in taken) {
          const { priority, weight, pool } = taken.add
          const index = added++
          // A weight beyond the limit of its pool is refused with the plan.
          const asked = {
            priority,
            weight: pool === 'p' || pool === 'r' ? Math.min(weight, 2) : pool === 'q' ? Math.min(weight, 3) : weight,
            pool,
          }
          plain.waiting.push({ index, rank: levels[priority], weight: asked.weight, pool })
          // The queue reads these three alone.
          queue.add(index, asked as CompiledOperation, index)
        } else if ('end' in taken) {
          const [ended] = plain.running.splice(taken.end % Math.max(1, plain.running.length), 1)
          // The same.
          if (ended !== undefined) queue.release(ended as unknown as CompiledOperation)
        } else if ('later' in taken) now += taken.later
        else queue.limit((plain.limit = taken.limit))
        for (;;) {
          const [index, due] = [queue.take(true), plain.take(now)]
          assert.is(index, due)
          if (index === -1) break
        }
      }
    }),
    { numRuns: 1_000 },
  )
})

test.run()

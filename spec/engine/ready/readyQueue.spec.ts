import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Lane } from '../../../src/engine/ready/lane.js'
import { readyQueue } from '../../../src/engine/ready/readyQueue.js'
import type { CompiledOperation } from '../../../src/model/graph.js'

const test = suite('slots')

function operation(settings: Partial<CompiledOperation> = {}): CompiledOperation {
  const rest = {
    timeoutMs: undefined,
    retry: undefined,
    fallback: undefined,
    undo: undefined,
    undoes: false,
    secret: false,
    sources: [],
    start: () => undefined,
  }
  return { id: 'x', name: 'test.hold', when: 'success', priority: 'medium', weight: 1, pool: undefined, ...rest, ...settings }
}

function given(
  operations: readonly CompiledOperation[],
  concurrency: number,
  pools: Record<string, number> = {},
): ReturnType<typeof readyQueue> {
  const made = readyQueue(concurrency, new Map(Object.entries(pools).map(([name, limit]) => [name, { limit }])))
  operations.forEach((each, index) => made.add(index, each, index))
  return made
}

function takeAll(from: ReturnType<typeof readyQueue>): readonly number[] {
  const taken: number[] = []
  for (let index = from.take(false); index !== -1; index = from.take(false)) taken.push(index)
  return taken
}

test('takes by priority, then by place in the plan', () => {
  const priorities = ['low', 'medium', 'critical', 'high', 'medium', 'critical'] as const
  const made = given(
    priorities.map((priority) => operation({ priority })),
    9,
  )
  assert.equal(takeAll(made), [2, 5, 3, 1, 4, 0])
})

test('takes no more than the concurrency', () => {
  const operations = [operation(), operation(), operation()]
  const made = given(operations, 2)
  assert.equal(takeAll(made), [0, 1])
  made.release(operations[0]!)
  assert.equal(takeAll(made), [2])
})

test('lets others pass an operation whose pool is full', () => {
  const pooled = operation({ pool: 'github' })
  const made = given([pooled, pooled, operation()], 9, { github: 1 })
  assert.equal(takeAll(made), [0, 2])
  made.release(pooled)
  assert.equal(takeAll(made), [1])
})

test('keeps slots for a heavy operation that was passed as often as there are slots', () => {
  const light = operation()
  const heavy = operation({ weight: 2 })
  const made = given([light, light, heavy, light, light, light, light], 2)
  assert.equal(takeAll(made), [0, 1])
  made.release(light)
  assert.equal(takeAll(made), [3], 'passed once')
  made.release(light)
  assert.equal(takeAll(made), [4], 'passed twice')
  made.release(light)
  assert.equal(takeAll(made), [], 'now the slot is kept')
  made.release(light)
  assert.equal(takeAll(made), [2])
  made.release(heavy)
  assert.equal(takeAll(made), [5, 6])
})

test('keeps only the pool for a heavy operation that its pool holds back', () => {
  const light = operation({ pool: 'p' })
  const heavy = operation({ pool: 'p', weight: 2 })
  const made = given([light, light, heavy, ...Array.from({ length: 5 }, () => light), operation()], 3, { p: 2 })
  assert.equal(takeAll(made), [0, 1, 8])
  made.release(light)
  assert.equal(takeAll(made), [3])
  made.release(light)
  made.release(light)
  assert.equal(takeAll(made), [2])
})

test('keeps a pool for a heavy operation that others of the pool passed as often as there are slots', () => {
  const light = operation({ pool: 'p' })
  const heavy = operation({ pool: 'p', weight: 2 })
  const made = given([light, heavy, ...Array.from({ length: 6 }, () => light)], 4, { p: 2 })
  assert.equal(takeAll(made), [0, 2])
  for (const next of [3, 4, 5]) {
    made.release(light)
    assert.equal(takeAll(made), [next])
  }
  made.release(light)
  made.add(8, operation(), 8)
  assert.equal(takeAll(made), [8], 'the pool is kept, and nothing else')
  made.release(light)
  assert.equal(takeAll(made), [1])
})

test('does not count those of other pools that start before an operation its pool holds back', () => {
  const light = operation({ pool: 'p' })
  const made = given([light, operation({ pool: 'p', weight: 2 }), ...Array.from({ length: 9 }, () => operation())], 4, { p: 2 })
  assert.equal(takeAll(made), [0, 2, 3, 4])
  for (let ended = 0; ended < 6; ended++) made.release(operation())
  takeAll(made)
  made.add(11, light, 11)
  for (let ended = 0; ended < 3; ended++) made.release(operation())
  assert.equal(takeAll(made), [11])
})

test('starts the operations of a pool when its rate lets it, and asks to be woken then', () => {
  let now = 0
  const woken: number[] = []
  const limits = new Map([['p', { perSecond: 10 }]])
  const made = readyQueue(9, limits, { now: () => now, wakeIn: (ms) => woken.push(ms) })
  for (let index = 0; index < 3; index++) made.add(index, operation({ pool: 'p' }), index)
  made.add(3, operation(), 3)
  assert.equal(takeAll(made), [0, 3])
  assert.is(woken.at(-1), 100)
  now = 99
  assert.equal(takeAll(made), [])
  assert.is(woken.at(-1), 1)
  now = 100
  assert.equal(takeAll(made), [1])
})

test('looks at a few of ten thousand pools, whatever holds them back', () => {
  const pools = Object.fromEntries(Array.from({ length: 10_000 }, (_, place) => [`p${place}`, 2]))
  const operations = Object.keys(pools).flatMap((pool, place) => [operation({ pool, weight: 1 + (place % 2) }), operation({ pool })])
  const made = given(operations, 7, pools)
  const read = Object.getOwnPropertyDescriptor(Lane.prototype, 'best')!
  let looks = 0
  Object.defineProperty(Lane.prototype, 'best', {
    configurable: true,
    get(this: Lane): unknown {
      looks++
      return read.get!.call(this)
    },
  })
  const running = [...takeAll(made)]
  let ended = 0
  for (; running.length > 0; ended++) {
    made.release(operations[running.shift()!]!)
    running.push(...takeAll(made))
  }
  Object.defineProperty(Lane.prototype, 'best', read)
  assert.is(ended, 20_000)
  assert.ok(looks < 20_000 * 150, `${Math.round(looks / 20_000)} looks for each operation`)
})

test('keeps nothing for an operation that is heavier than a lowered limit', () => {
  const heavy = operation({ weight: 3 })
  const made = given([heavy, operation(), operation()], 3)
  made.limit(2)
  assert.equal(takeAll(made), [1, 2])
})

test('starts nothing at a limit of 0 and goes on when it rises', () => {
  const made = given([operation(), operation()], 2)
  made.limit(0)
  assert.equal(takeAll(made), [])
  made.limit(1)
  assert.equal(takeAll(made), [0])
})

test('puts an operation that came late at its place in submission order', () => {
  const operations = [operation(), operation(), operation()]
  const made = given(operations, 9)
  made.add(3, operation(), 1)
  assert.equal(takeAll(made), [0, 1, 3, 2])
})

test.run()

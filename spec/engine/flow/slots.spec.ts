import fc from 'fast-check'
import { map, Observable, timer, VirtualTimeScheduler, type SchedulerLike } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { begin } from '../../../src/engine/flow/execute.js'
import { runParts } from '../../../src/engine/flow/runParts.js'
import type { Slots } from '../../../src/engine/flow/slots.js'
import type { RunOptions } from '../../../src/engine/options.js'
import { planBatch } from '../../../src/engine/source/batch.js'
import { compilePlan } from '../../../src/graph/compilePlan.js'
import { operation, type BatchEvent, type Operation, type PlanLiteral } from '../../../src/index.js'

const test = suite('the slots of a run')

/** What `mergeMap` was asked for. */
interface Census {
  readonly events: readonly BatchEvent[]
  /** Inner observables that were subscribed to. */
  readonly inners: number
  /** The most operations that `mergeMap` was given and had not made an inner of when it was given the next. */
  readonly mostBuffered: number
}

type MakePlan = (scheduler: SchedulerLike) => { readonly operations: readonly Operation[] } & Omit<PlanLiteral, 'operations'>

/** Runs a plan in virtual time, and counts its slots. */
function census(make: MakePlan, options: (scheduler: SchedulerLike) => RunOptions = () => ({})): Census {
  const scheduler = new VirtualTimeScheduler()
  const compiled = compilePlan(make(scheduler), new Map())
  if (compiled._tag === 'Left') throw new Error('The plan of this spec has a fault.')
  const batch = planBatch(compiled.right)
  const events: BatchEvent[] = []
  let inners = 0
  let buffered = 0
  let mostBuffered = 0
  new Observable<BatchEvent>((subscriber) => {
    const run = runParts(batch, { scheduler, seed: 1, ...options(scheduler) }, {}, (defect) => subscriber.error(defect))
    const slots: Slots = {
      open(first) {
        inners++
        buffered--
        return run.slots.open(first)
      },
      resume(index) {
        const resumed = run.slots.resume(index)
        // What no slot resumes goes to `mergeMap`, which asks for an inner at once, or buffers it.
        mostBuffered = Math.max(mostBuffered, buffered)
        if (!resumed) buffered++
        return resumed
      },
    }
    begin({ ...run, slots }, subscriber)
  }).subscribe((event) => events.push(event))
  scheduler.flush()
  return { events, inners, mostBuffered: Math.max(mostBuffered, buffered) }
}

const succeeded = ({ events }: Census): number => events.filter(({ type }) => type === 'operation-succeeded').length

/** An operation that lasts so long; 0 ends at once. */
const lasting = (ms: number, scheduler: SchedulerLike, id: string, dependencies: readonly Operation[], weight = 1): Operation =>
  operation(id, () => (ms === 0 ? undefined : timer(ms, scheduler)), { dependencies, weight })

test('one slot performs a chain of operations that end at once', () => {
  const counted = census((scheduler) => {
    const operations: Operation[] = []
    for (let n = 0; n < 1_000; n++) operations.push(lasting(0, scheduler, `o${n}`, operations.slice(-1)))
    return { operations, concurrency: 6 }
  })
  assert.is(succeeded(counted), 1_000)
  assert.is(counted.inners, 1)
  assert.is(counted.mostBuffered, 0)
})

test('slots that idle are used again: a chain of operations that take time needs one', () => {
  const counted = census((scheduler) => {
    const operations: Operation[] = []
    for (let n = 0; n < 100; n++) operations.push(lasting(3, scheduler, `o${n}`, operations.slice(-1)))
    return { operations, concurrency: 6 }
  })
  assert.is(succeeded(counted), 100)
  assert.is(counted.inners, 1)
})

const layered = fc.record({
  concurrency: fc.integer({ min: 1, max: 5 }),
  made: fc.array(
    fc.record({ ms: fc.integer({ min: 0, max: 4 }), weight: fc.integer({ min: 1, max: 3 }), needs: fc.array(fc.nat(), { maxLength: 3 }) }),
    {
      maxLength: 40,
    },
  ),
})

test('whatever the graph, mergeMap has no more inners than the concurrency, and its buffer stays empty', () =>
  fc.assert(
    fc.property(layered, ({ concurrency, made }) => {
      const counted = census((scheduler) => {
        const operations: Operation[] = []
        for (const { ms, weight, needs } of made) {
          const dependencies = operations.length === 0 ? [] : [...new Set(needs.map((at) => operations[at % operations.length]!))]
          operations.push(lasting(ms, scheduler, `o${operations.length}`, dependencies, Math.min(weight, concurrency)))
        }
        return { operations, concurrency }
      })
      assert.is(succeeded(counted), made.length)
      assert.ok(counted.inners <= concurrency, `${counted.inners} inners at a concurrency of ${concurrency}`)
      assert.is(counted.mostBuffered, 0)
    }),
  ))

test('with a limit that changes in flight the ready queue holds it, and mergeMap has no more inners than its highest', () => {
  const counted = census(
    (scheduler) => ({ operations: Array.from({ length: 20 }, (_, n) => lasting(5, scheduler, `o${n}`, [])) }),
    (scheduler) => ({ concurrency: timer(0, 7, scheduler).pipe(map((turn) => [1, 4, 2, 0, 3][turn % 5]!)) }),
  )
  assert.is(succeeded(counted), 20)
  // Before the first limit comes, that of the plan holds.
  assert.is(counted.inners, 6)
  assert.is(counted.mostBuffered, 0)
})

test.run()

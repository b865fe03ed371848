import { VirtualTimeScheduler } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { rate } from '../../../src/engine/ready/rate.js'
import { runBatch } from '../../../src/engine/runBatch.js'
import { heldOperations } from '../../../src/testing/heldOperations.js'

const test = suite('rate')

/** The times at which `count` starts happen when each comes as early as it may, from time 0. */
function startsOf(perSecond: number, burst: number, count: number): readonly number[] {
  const limit = rate(perSecond, burst)
  let now = 0
  return Array.from({ length: count }, () => {
    now = Math.max(now, limit.nextAt())
    limit.spend(now)
    return now
  })
}

test('lets one start an interval', () => assert.equal(startsOf(4, 1, 4), [0, 250, 500, 750]))

test('lets a burst start together, then one an interval', () => assert.equal(startsOf(10, 3, 5), [0, 0, 0, 100, 200]))

test('a pause fills the bucket, but not beyond the burst', () => {
  const limit = rate(10, 2)
  limit.spend(0)
  limit.spend(0)
  limit.spend(5_000)
  limit.spend(5_000)
  assert.is(limit.nextAt(), 5_100)
})

test('a pool starts so many attempts a second, in virtual time, while others go on', () => {
  const scheduler = new VirtualTimeScheduler()
  const held = heldOperations()
  const starts: [string, number][] = []
  const at = { type: 'test', operation: 'hold' }
  const operations = [...['a', 'b', 'c'].map((id) => ({ ...at, id, pool: 'api' })), { ...at, id: 'free' }]
  const pools = { api: { perSecond: 2 } }
  runBatch({ operations, pools }, { operations: held.operations, scheduler }).subscribe((event) => {
    if (event.type === 'attempt-started') starts.push([event.id, event.at])
  })
  scheduler.schedule(() => held.succeed('a'), 2_000)
  scheduler.schedule(() => ['b', 'c', 'free'].forEach((id) => held.succeed(id)), 2_000)
  scheduler.flush()
  assert.equal(starts, [
    ['a', 0],
    ['free', 0],
    ['b', 500],
    ['c', 1_000],
  ])
})

test('the retry budget of a run is spent once', () => {
  const scheduler = new VirtualTimeScheduler()
  const held = heldOperations()
  const at = { type: 'test', operation: 'hold', retry: { attempts: 5, delayMs: 10 } }
  let refused: number | undefined
  runBatch(
    {
      operations: [
        { ...at, id: 'a' },
        { ...at, id: 'b' },
      ],
      retryBudget: 3,
    },
    { operations: held.operations, scheduler, seed: 1 },
  ).subscribe((event) => {
    if (event.type === 'run-finished') refused = event.summary.retriesRefused
    if (event.type === 'attempt-started') scheduler.schedule(() => held.fail(event.id), 1)
  })
  scheduler.flush()
  assert.is(held.started().length, 5)
  assert.is(refused, 2)
})

test.run()

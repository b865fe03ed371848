import { lastValueFrom, Observable, Subject, take } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { InvalidPlanError } from '../../src/engine/invalidPlanError.js'
import type { RunOptions } from '../../src/engine/options.js'
import { runBatch } from '../../src/engine/runBatch.js'
import type { BatchEvent } from '../../src/model/event.js'
import { heldOperations } from '../../src/testing/heldOperations.js'
import { summaryOf, watch } from './watch.js'

const test = suite('runBatch')

test('tells the whole story of one operation, numbered and timed', () => {
  const run = watch([{ id: 'a' }], { name: 'one' })
  run.held.succeed('a', 7)
  assert.equal(run.story(), ['run-started', 'ready a', 'started a#1', 'succeeded a', 'run-finished'])
  assert.equal(
    run.events.map((event) => event.seq),
    [0, 1, 2, 3, 4],
  )
  const times = run.events.map((event) => event.at)
  assert.equal(
    times,
    [...times].sort((a, b) => a - b),
  )
  assert.is(summaryOf(run).name, 'one')
  assert.equal(summaryOf(run).counts, { total: 1, succeeded: 1, failed: 0, skipped: 0, cancelled: 0 })
})

test('finishes an empty plan', () => {
  assert.equal(watch([]).story(), ['run-started', 'run-finished'])
})

test('starts no more than the concurrency, best priority first, then in the order of the plan', () => {
  const run = watch([{ id: 'a' }, { id: 'b', priority: 'low' }, { id: 'c' }, { id: 'd', priority: 'critical' }], { concurrency: 2 })
  assert.equal(run.held.running(), ['d', 'a'])
  run.held.succeed('d')
  assert.equal(run.held.running(), ['a', 'c'])
  run.held.succeed('a')
  assert.equal(run.held.running(), ['c', 'b'])
})

test('opens a gate when the last dependency has ended', () => {
  const run = watch([{ id: 'a' }, { id: 'b' }, { id: 'c', dependencies: ['a', 'b'] }])
  run.held.succeed('b')
  assert.equal(run.held.running(), ['a'])
  run.held.succeed('a')
  assert.equal(run.held.running(), ['c'])
})

test('skips what depends on a failure, names the root, and keeps the rest', () => {
  const run = watch([{ id: 'a' }, { id: 'b', dependencies: ['a'] }, { id: 'c', dependencies: ['b'] }, { id: 'd' }])
  run.held.fail('a')
  run.held.succeed('d')
  assert.equal(run.story().slice(-6), [
    'attempt-failed a#1',
    'failed a',
    'skipped b dependency a',
    'skipped c dependency a',
    'succeeded d',
    'run-finished',
  ])
  const { ok, rootCauses } = summaryOf(run)
  assert.is(ok, false)
  assert.equal(
    rootCauses.map(({ id, blocked }) => ({ id, blocked })),
    [{ id: 'a', blocked: 2 }],
  )
})

test('skips by a gate without failing the run', () => {
  const run = watch([{ id: 'a' }, { id: 'mend', dependencies: ['a'], when: 'any-failed' }, { id: 'after', dependencies: ['mend'] }])
  run.held.succeed('a')
  assert.equal(run.story().slice(-3), ['skipped mend gate', 'skipped after gate mend', 'run-finished'])
  assert.is(summaryOf(run).ok, true)
})

test('names the failures alone when a failure and a closed gate meet', () => {
  const run = watch([{ id: 'a' }, { id: 'g', dependencies: ['a'], when: 'any-failed' }, { id: 'f' }, { id: 'z', dependencies: ['g', 'f'] }])
  run.held.succeed('a')
  run.held.fail('f')
  assert.ok(run.story().includes('skipped z dependency f'), run.story().join('; '))
})

test('unsubscribing aborts the running attempts and tells nothing more', () => {
  const run = watch([{ id: 'a' }, { id: 'b', dependencies: ['a'] }])
  run.subscription.unsubscribe()
  assert.equal(run.held.running(), [])
  assert.equal(run.story(), ['run-started', 'ready a', 'started a#1'])
})

test('a subscriber may leave at any event', () => {
  for (let count = 1; count <= 6; count++) {
    const held = heldOperations()
    const told: string[] = []
    runBatch(
      [
        { id: 'a', type: 'test', operation: 'hold' },
        { id: 'b', type: 'test', operation: 'hold' },
      ],
      { operations: held.operations },
    )
      .pipe(take(count))
      .subscribe((event) => told.push(event.type))
    if (count === 6) held.succeed('a')
    assert.is(told.length, count)
    assert.equal(held.running(), [])
  }
})

test('is cold: each subscription is a run of its own', () => {
  const held = heldOperations()
  const run = runBatch([{ id: 'a', type: 'test', operation: 'hold' }], { operations: held.operations })
  assert.equal(held.started(), [])
  const runs = new Set<string>()
  run.subscribe((event) => runs.add(event.runId))
  held.succeed('a')
  run.subscribe((event) => runs.add(event.runId))
  held.succeed('a')
  assert.is(runs.size, 2)
})

test('a bad plan errors before any event, with every fault', () => {
  const told: BatchEvent[] = []
  let error: unknown
  runBatch(
    {
      operations: [
        { type: 'test', operation: 'hodl' },
        { type: 'test', operation: 'hold', dependencies: ['x'] },
      ],
    },
    { operations: heldOperations().operations },
  ).subscribe({
    next: (event) => told.push(event),
    error: (thrown: unknown) => (error = thrown),
  })
  assert.equal(told, [])
  assert.instance(error, InvalidPlanError)
  assert.equal(
    (error as InvalidPlanError).faults.map(({ type }) => type),
    ['unknown-operation-type', 'unknown-id'],
  )
})

test('a throwing subscriber breaks nothing but itself', async () => {
  const held = heldOperations()
  const seen: string[] = []
  const run = runBatch([{ id: 'a', type: 'test', operation: 'hold' }], { operations: held.operations })
  const reported = new Promise((resolve) => process.once('uncaughtException', resolve))
  run.subscribe((event) => {
    seen.push(event.type)
    if (event.type === 'operation-ready') throw new Error('mine')
  })
  held.succeed('a')
  assert.is(seen.at(-1), 'run-finished')
  assert.is(((await reported) as Error).message, 'mine')
})

test('the concurrency can change in flight, both ways, and 0 pauses', () => {
  const limit = new Subject<number>()
  const run = watch([{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' }], { concurrency: 1 }, { concurrency: limit })
  assert.equal(run.held.running(), ['a'])
  limit.next(3)
  assert.equal(run.held.running(), ['a', 'b', 'c'])
  limit.next(0)
  run.held.succeed('a')
  run.held.succeed('b')
  run.held.succeed('c')
  assert.equal(run.held.running(), [])
  limit.next(1)
  assert.equal(run.held.running(), ['d'])
})

test('pipe gives a plain Observable', () => {
  const run = runBatch([])
  assert.is(run.pipe(take(1)).constructor, Observable)
})

test('runs chains and crowds of 100,000 synchronous operations', async () => {
  const at = { type: 'test', operation: 'sync' }
  const operations = syncOperations()
  const chain = Array.from({ length: 100_000 }, (_, n) => ({ id: `o${n}`, ...at, ...(n > 0 && { dependencies: [`o${n - 1}`] }) }))
  const crowd = Array.from({ length: 100_000 }, () => at)
  for (const plan of [chain, crowd]) {
    const last = await lastValueFrom(runBatch(plan, { operations }))
    assert.is(last.type === 'run-finished' && last.summary.counts.succeeded, 100_000)
  }
})

test('skips a chain of 100,000 after a failure', () => {
  const held = heldOperations()
  const chain = Array.from({ length: 100_000 }, (_, n) => ({
    id: `o${n}`,
    type: 'test',
    operation: 'hold',
    ...(n > 0 && { dependencies: [`o${n - 1}`] }),
  }))
  let skipped = 0
  runBatch(chain, { operations: held.operations }).subscribe((event) => {
    if (event.type === 'run-finished') skipped = event.summary.counts.skipped
  })
  held.fail('o0')
  assert.is(skipped, 99_999)
})

test.run()

function syncOperations(): NonNullable<RunOptions['operations']> {
  const held = heldOperations().operations
  const hold = held.get('test.hold')!
  return new Map([['test.sync', { ...hold, operation: 'sync', perform: () => 1 }]])
}

import { firstValueFrom, Subject, toArray, type Observable } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../src/engine/runBatch.js'
import { operation } from '../../src/model/code/createOperation.js'
import type { BatchEvent } from '../../src/model/event.js'
import { runOperations } from '../../src/operators/runOperations.js'
import { heldOperations } from '../../src/testing/heldOperations.js'

const test = suite('a stream of operations')
const hold = (id: string, rest: object = {}): object => ({ id, type: 'test', operation: 'hold', ...rest })

async function all(events: Observable<BatchEvent>): Promise<readonly BatchEvent[]> {
  return firstValueFrom(events.pipe(toArray()))
}

const valuesOf = (events: readonly BatchEvent[]): Record<string, unknown> =>
  Object.fromEntries(events.flatMap((event) => (event.type === 'operation-succeeded' ? [[event.id, event.value]] : [])))

test('is pulled only as slots free up', () => {
  const held = heldOperations()
  let pulled = 0
  function* source(): Generator<object> {
    for (const id of ['a', 'b', 'c', 'd']) {
      pulled++
      yield hold(id)
    }
  }
  runBatch(source(), { operations: held.operations, concurrency: 2 }).subscribe()
  assert.is(pulled, 2)
  assert.equal(held.running(), ['a', 'b'])
  held.succeed('a')
  assert.is(pulled, 3)
  assert.equal(held.running(), ['b', 'c'])
})

test('tells of each operation as it comes in, and of the end', async () => {
  const events = await all(runBatch(new Set([operation('a', () => 1)])))
  assert.equal(
    events.map(({ type }) => type),
    ['run-started', 'operation-added', 'operation-ready', 'attempt-started', 'operation-succeeded', 'run-finished'],
  )
  const first = events[0]
  assert.is(first?.type === 'run-started' && first.streamed, true)
})

test('comes from an async generator too', async () => {
  async function* source(): AsyncGenerator<unknown> {
    yield operation('a', () => 1)
    await Promise.resolve()
    yield operation('b', () => 2)
  }
  assert.equal(valuesOf(await all(runBatch(source()))), { a: 1, b: 2 })
})

test('gives an operation the values of earlier ones, as long as it may look back', async () => {
  function* source(): Generator<unknown> {
    yield operation('first', () => ({ n: 1 }))
    for (let n = 0; n < 5; n++) yield hold(`between${n}`, { type: 'test', operation: 'now' })
    yield { id: 'near', type: 'test', operation: 'now', params: { note: { $ref: 'between4' } } }
    yield { id: 'far', type: 'test', operation: 'now', params: { note: { $ref: 'first.n' } } }
  }
  const now = new Map([
    ['test.now', { ...heldOperations().operations.get('test.hold')!, operation: 'now', perform: (params: unknown) => params }],
  ])
  const events = await all(runBatch(source(), { operations: now, lookBack: 5 }))
  assert.equal(valuesOf(events)['near'], { note: {} })
  const failed = events.find((event) => event.type === 'operation-failed')
  assert.is(failed?.id, 'far')
  assert.is(failed?.error.type, 'invalid-operation')
  assert.match(failed?.error.message ?? '', 'no operation is called "first"')
  assert.match(failed?.error.message ?? '', 'In a stream, an operation can refer only to the 5 before it.')
})

test('keeps what it was told to keep, however far back', async () => {
  function* source(): Generator<unknown> {
    yield { id: 'first', type: 'test', operation: 'now', params: { note: 7 }, keep: true }
    for (let n = 0; n < 50; n++) yield { type: 'test', operation: 'now' }
    yield { id: 'far', type: 'test', operation: 'now', params: { note: { $ref: 'first.note' } } }
  }
  const now = new Map([
    ['test.now', { ...heldOperations().operations.get('test.hold')!, operation: 'now', perform: (params: unknown) => params }],
  ])
  assert.equal(valuesOf(await all(runBatch(source(), { operations: now, lookBack: 3 })))['far'], { note: 7 })
})

test('an operation made in code can be named for as long as it is held', async () => {
  const first = operation('first', () => 'kept')
  function* source(): Generator<unknown> {
    yield first
    for (let n = 0; n < 50; n++) yield operation(`n${n}`, () => n)
    yield operation('last', { first }, ({ first }) => first)
  }
  assert.is(valuesOf(await all(runBatch(source(), { lookBack: 3 })))['last'], 'kept')
})

test('waits for an earlier operation that has not ended, and skips after its failure', () => {
  const held = heldOperations()
  const events: BatchEvent[] = []
  const source = new Set([hold('a'), hold('b', { dependencies: ['a'] }), hold('c', { dependencies: ['b'] })])
  runBatch(source, { operations: held.operations }).subscribe((event) => events.push(event))
  assert.equal(held.running(), ['a'])
  held.fail('a')
  const skipped = events.flatMap((event) => (event.type === 'operation-skipped' ? [[event.id, event.because]] : []))
  assert.equal(skipped, [
    ['b', ['a']],
    ['c', ['a']],
  ])
  assert.is(events.at(-1)?.type, 'run-finished')
})

test('keeps the order of what touches the same, while the earlier has not ended', () => {
  const held = heldOperations()
  const source = new Set([
    hold('w', { params: { writes: ['x'] } }),
    hold('r', { params: { reads: ['x'] } }),
    hold('o', { params: { reads: ['y'] } }),
  ])
  runBatch(source, { operations: held.operations }).subscribe()
  assert.equal(held.running(), ['w', 'o'])
  held.succeed('w')
  assert.equal(held.running(), ['o', 'r'])
})

test('something that is no operation fails alone, located by its position', async () => {
  const events = await all(runBatch(new Set<unknown>([operation('a', () => 1), { type: 5 }, operation('b', () => 2)])))
  assert.equal(valuesOf(events), { a: 1, b: 2 })
  const failed = events.find((event) => event.type === 'operation-failed')
  assert.is(failed?.id, 'op2')
  assert.match(failed?.error.message ?? '', 'operations[1].type')
})

test('an id that is still known may not come again', async () => {
  const events = await all(runBatch(new Set([operation('a', () => 1), operation('a', () => 2)])))
  const failed = events.find((event) => event.type === 'operation-failed')
  assert.match(failed?.error.message ?? '', '"a"')
})

test('a source that fails is told in the summary, after what it gave has ended', async () => {
  function* source(): Generator<unknown> {
    yield operation('a', () => 1)
    throw new Error('dry')
  }
  const events = await all(runBatch(source()))
  assert.equal(valuesOf(events), { a: 1 })
  const last = events.at(-1)
  if (last?.type !== 'run-finished') throw new Error('not finished')
  assert.is(last.summary.ok, false)
  assert.is(last.summary.stoppedBy?.type === 'source' && last.summary.stoppedBy.error.message, 'Error: dry')
})

test('leaving the loop ends the source, also one that is stuck in an await', async () => {
  let aborted = false
  const source = (signal: AbortSignal): AsyncIterable<unknown> => ({
    [Symbol.asyncIterator]: () => ({
      next: () =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => {
            aborted = true
            reject(new Error('left'))
          }),
        ),
    }),
  })
  for await (const event of runBatch(source)) {
    assert.is(event.type, 'run-started')
    break
  }
  assert.ok(aborted)
})

test('rollback is refused for a stream', async () => {
  const error: unknown = await all(runBatch(new Set(), { settings: { onFailure: 'rollback' } })).catch((thrown: unknown) => thrown)
  assert.match((error as Error).message, 'onFailure: expected one of continue, no-new, cancel for a stream')
})

test('a pushed operation that finds the buffer full fails alone', () => {
  const held = heldOperations()
  const pushed = new Subject<object>()
  const events: BatchEvent[] = []
  pushed.pipe(runOperations({ operations: held.operations, concurrency: 1, buffer: 1 })).subscribe((event) => events.push(event))
  for (const id of ['a', 'b', 'c']) pushed.next(hold(id))
  const failed = events.flatMap((event) => (event.type === 'operation-failed' ? [[event.id, event.error.type]] : []))
  assert.equal(failed, [['c', 'buffer-full']])
  pushed.complete()
  held.succeed('a')
  held.succeed('b')
  const last = events.at(-1)
  assert.equal(last?.type === 'run-finished' && last.summary.counts, { total: 3, succeeded: 2, failed: 1, skipped: 0, cancelled: 0 })
})

test.run()

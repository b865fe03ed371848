import { lastValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { operation, runBatch, type BatchEvent, type Operation, type RunOptions } from '../../../src/index.js'
import type { Known, KnownOutcome } from '../../../src/model/known.js'

const test = suite('what is known of an earlier run')

const error = { type: 'thrown', message: 'no', retryable: false } as const
const succeeded = (value: unknown): KnownOutcome => ({ type: 'succeeded', value, from: 'before' })
const knowing = (outcomes: Readonly<Record<string, KnownOutcome>>): Known => new Map(Object.entries(outcomes))

async function run(operations: readonly Operation[], known: Known, options: RunOptions & { readonly onFailure?: string } = {}) {
  const performed: string[] = []
  const { onFailure, ...rest } = options
  const plan = { operations, ...(onFailure !== undefined && { onFailure }) }
  const events = await lastValueFrom(runBatch(plan as never, { ...rest, known }).pipe(toArray()))
  for (const event of events) if (event.type === 'attempt-started') performed.push(event.id)
  return { events, performed, ends: endsOf(events) }
}

function endsOf(events: readonly BatchEvent[]): readonly string[] {
  return events.flatMap((event) => {
    if (event.type === 'operation-succeeded') return [`${event.id} ${JSON.stringify(event.value)} ${event.reusedFrom ?? ''}`.trim()]
    if (event.type === 'operation-failed') return [`${event.id} failed ${event.reusedFrom ?? ''}`.trim()]
    return event.type === 'operation-skipped' || event.type === 'operation-cancelled' ? [`${event.id} ${event.type.slice(10)}`] : []
  })
}

const a = operation('a', () => 1)
const b = operation('b', { a }, ({ a }) => a + 1)
const c = operation('c', { b }, ({ b }) => b * 10)

test('is told where the gate opens, without an attempt, and its value goes on', async () => {
  const { events, performed, ends } = await run([a, b, c], knowing({ a: succeeded(5) }))
  assert.equal(performed, ['b', 'c'])
  assert.equal(ends, ['a 5 before', 'b 6', 'c 60'])
  const told = events.find((event) => event.type === 'operation-succeeded')
  assert.equal(
    { ...told, runId: '', at: 0 },
    {
      type: 'operation-succeeded',
      runId: '',
      seq: 1,
      at: 0,
      id: 'a',
      value: 5,
      durationMs: 0,
      waitedMs: 0,
      attempts: 0,
      reusedFrom: 'before',
    },
  )
  const finished = events.at(-1)
  assert.ok(finished?.type === 'run-finished' && finished.summary.ok && finished.summary.counts.succeeded === 3)
  assert.is(finished.summary.attempts, 2)
})

test('waits for what stands before it', async () => {
  const { ends } = await run([a, b, c], knowing({ b: succeeded(7) }))
  assert.equal(ends, ['a 1', 'b 7 before', 'c 70'])
})

test('says what of the value is hidden or lost', async () => {
  const { events } = await run([a], knowing({ a: { ...succeeded('[secret]'), masked: true, lossy: true } as KnownOutcome }))
  const told = events.find((event) => event.type === 'operation-succeeded')
  assert.equal([told?.masked, told?.lossy], [true, true])
})

for (const onFailure of ['continue', 'no-new', 'cancel'])
  test(`a failure of then skips what depends on it, and stops nothing else (${onFailure})`, async () => {
    const other = operation('other', () => 2)
    const { ends } = await run([a, b, other], knowing({ a: { type: 'failed', error, from: 'before' } }), { onFailure })
    assert.equal(ends, ['a failed before', 'b skipped', 'other 2'])
  })

test('is told also when its own condition would not hold now', async () => {
  const cleanUp = operation('cleanUp', { a }, () => 'cleaned', { when: 'any-failed' })
  const { ends } = await run([a, cleanUp], knowing({ cleanUp: succeeded('cleaned') }))
  assert.equal(ends, ['a 1', 'cleanUp "cleaned" before'])
})

test('is told also of a run that is stopped at once', async () => {
  const { ends } = await run([a, b], knowing({ a: succeeded(1) }), { signal: AbortSignal.abort() })
  assert.equal(ends, ['a 1 before', 'b cancelled'])
})

test('items are known by their ids', async () => {
  const items = operation('items', () => [1, 2, 3])
  const each = operation.each('each', items, (item) => item * 2)
  const { performed, ends } = await run([items, each], knowing({ items: succeeded([1, 2, 3]), 'each[1]': succeeded(40) }))
  assert.equal(performed.sort(), ['each', 'each[0]', 'each[2]'])
  assert.ok(ends.includes('each[1] 40 before') && ends.includes('each [2,40,6]'), ends.join('; '))
})

test('a chain of 100,000 needs no stack', async () => {
  let last: Operation<number> = operation('0', () => 0)
  const chain: Operation<number>[] = [last]
  for (let n = 1; n < 100_000; n++) {
    const before = last
    chain.push((last = operation(`${n}`, { before }, ({ before }) => before + 1)))
  }
  const known = new Map(chain.slice(0, -1).map(({ id }) => [id, succeeded(Number(id))] as const))
  const { performed, ends } = await run(chain, known)
  assert.equal(performed, ['99999'])
  assert.is(ends.at(-1), '99999 99999')
})

test('what cannot be taken back is named under rollback', async () => {
  const fails = operation('fails', { a }, () => Promise.reject(new Error('no')))
  const { events } = await run([a, fails], knowing({ a: succeeded(1) }), { onFailure: 'rollback' })
  const finished = events.at(-1)
  assert.ok(finished?.type === 'run-finished')
  assert.equal(finished.summary.rollback?.notUndoable, ['a', 'fails'])
})

test('waits for no journal: the log of the earlier run holds it', async () => {
  let flushes = 0
  const journal = { holdsGates: true, stopsRun: false, append: () => undefined, flush: () => Promise.resolve(void flushes++) }
  const chain = [a, b, c]
  await run(chain, knowing({ a: succeeded(1), b: succeeded(2), c: succeeded(20) }), { journal })
  assert.ok(flushes <= 3, `${flushes}`)
})

test.run()

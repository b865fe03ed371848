import { firstValueFrom, lastValueFrom, toArray, VirtualTimeScheduler } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { InvalidPlanError } from '../../src/engine/invalidPlanError.js'
import type { RunOptions } from '../../src/engine/options.js'
import type { BatchEvent } from '../../src/model/event.js'
import type { Snapshot } from '../../src/operators/snapshot/snapshot.js'
import { startBatch, type BatchRun } from '../../src/operators/startBatch.js'
import { heldOperations, type HeldOperations } from '../../src/testing/heldOperations.js'

const test = suite('startBatch')

function start(ids: string, options: RunOptions = {}): BatchRun & { readonly held: HeldOperations } {
  const held = heldOperations()
  const operations = ids.split('').map((id) => ({ id, type: 'test', operation: 'hold' }))
  return { ...startBatch(operations, { operations: held.operations, ...options }), held }
}

const hearAll = ({ events$ }: BatchRun): Promise<readonly BatchEvent[]> => firstValueFrom(events$.pipe(toArray()))

const seqs = (events: readonly BatchEvent[]): readonly number[] => events.map(({ seq }) => seq)

const upTo = (length: number): readonly number[] => Array.from({ length }, (_, seq) => seq)

test('has started when it returns', () => {
  assert.equal(start('ab').held.running(), ['a', 'b'])
})

test('shares one run, which late subscribers hear from its first event', async () => {
  const run = start('a')
  const early = hearAll(run)
  run.held.succeed('a', 7)
  const late = hearAll(run)
  assert.equal(
    (await early).map(({ type }) => type),
    ['run-started', 'operation-ready', 'attempt-started', 'operation-succeeded', 'run-finished'],
  )
  assert.equal(await late, await early)
  assert.ok((await early).every(({ runId }) => runId === run.runId))
  assert.equal(run.held.started(), ['a'])
})

test('goes on when all who watched it have left', async () => {
  const run = start('a')
  run.events$.subscribe().unsubscribe()
  run.snapshot$.subscribe().unsubscribe()
  assert.equal(run.held.running(), ['a'])
  run.held.succeed('a')
  assert.is((await run.done).ok, true)
})

test('gives the summary when it is done', async () => {
  const run = start('ab', { runId: 'mine' })
  run.held.succeed('a')
  run.held.fail('b')
  const { runId, ok, counts } = await run.done
  assert.equal({ runId, ok, counts }, { runId: 'mine', ok: false, counts: { total: 2, succeeded: 1, failed: 1, skipped: 0, cancelled: 0 } })
  assert.is(run.runId, 'mine')
})

test('cancels gracefully: every terminal event still comes', async () => {
  const run = start('abc', { concurrency: 2 })
  run.held.succeed('a')
  run.cancel('enough')
  const events = await hearAll(run)
  const ends = events.flatMap((event) => (event.type === 'operation-cancelled' ? [`${event.id} ${JSON.stringify(event.cause)}`] : []))
  assert.equal(ends.toSorted(), ['b {"type":"signal","message":"enough"}', 'c {"type":"signal","message":"enough"}'])
  assert.equal((await run.done).stoppedBy, { type: 'signal', message: 'enough' })
})

test('says that its caller cancelled it when no reason is given', async () => {
  const run = start('a')
  run.cancel()
  assert.equal((await run.done).stoppedBy, { type: 'signal', message: 'cancelled by its caller' })
})

test('takes no notice of a cancel after its end', async () => {
  const run = start('a')
  run.held.succeed('a')
  run.cancel('late')
  assert.is((await run.done).ok, true)
  assert.is((await hearAll(run)).length, 5)
})

test('stops at the signal of its caller, and lets go of it at its end', async () => {
  const controller = new AbortController()
  let listening = 0
  const { signal } = controller
  const watched = Object.assign(Object.create(signal) as AbortSignal, {
    addEventListener(...args: Parameters<AbortSignal['addEventListener']>) {
      listening++
      signal.addEventListener(...args)
    },
    removeEventListener(...args: Parameters<AbortSignal['removeEventListener']>) {
      listening--
      signal.removeEventListener(...args)
    },
  })
  Object.defineProperty(watched, 'aborted', { get: () => signal.aborted })
  Object.defineProperty(watched, 'reason', { get: () => signal.reason as unknown })
  const stopped = start('a', { signal: watched })
  const quiet = start('a', { signal: watched })
  assert.is(listening, 2)
  quiet.held.succeed('a')
  assert.is(listening, 1)
  controller.abort('enough')
  assert.equal((await stopped.done).stoppedBy, { type: 'signal', message: 'enough' })
  assert.is((await quiet.done).ok, true)
})

test('starts nothing when the signal has been aborted before', async () => {
  const run = start('a', { signal: AbortSignal.abort('too late') })
  assert.equal(run.held.started(), [])
  assert.equal((await run.done).stoppedBy, { type: 'signal', message: 'too late' })
})

test('keeps the order for all when one of them cancels at what it hears', async () => {
  const run = start('abc')
  const heard: [BatchEvent[], BatchEvent[], BatchEvent[]] = [[], [], []]
  run.events$.subscribe((event) => heard[0].push(event))
  run.events$.subscribe((event) => {
    heard[1].push(event)
    if (event.type === 'operation-failed') run.cancel()
  })
  run.events$.subscribe((event) => heard[2].push(event))
  run.held.fail('a')
  await run.done
  for (const events of heard) assert.equal(seqs(events), upTo(heard[0].length))
})

test('keeps the order for one that cancels while it is told what it missed', async () => {
  const run = start('ab')
  run.held.succeed('a')
  const heard: BatchEvent[] = []
  run.events$.subscribe((event) => {
    heard.push(event)
    if (event.type === 'operation-ready') run.cancel()
  })
  await run.done
  assert.equal(seqs(heard), upTo(heard.length))
  assert.is(heard.at(-1)?.type, 'run-finished')
})

test('is not disturbed by a subscriber that throws', async () => {
  const run = start('a')
  const thrown: unknown[] = []
  const took = new Promise<void>((resolve) => {
    process.once('uncaughtException', (error) => {
      thrown.push(error)
      resolve()
    })
  })
  run.events$.subscribe(({ type }) => {
    if (type === 'run-finished') throw new RangeError('no view')
  })
  run.held.succeed('a')
  assert.is((await run.done).ok, true)
  await took
  assert.is(String(thrown[0]), 'RangeError: no view')
})

test('shows its present state at once to whoever asks, and its last one after the end', async () => {
  const scheduler = new VirtualTimeScheduler()
  const run = start('ab', { scheduler })
  const states: string[] = []
  const look = (name: string) => run.snapshot$.subscribe(({ phase, counts }) => states.push(`${name} ${phase} ${counts.succeeded}`))
  const first = look('first')
  scheduler.flush()
  run.held.succeed('a')
  scheduler.flush()
  look('second')
  first.unsubscribe()
  run.held.succeed('b')
  await run.done
  look('third')
  assert.equal(states, ['first idle 0', 'first running 0', 'first running 1', 'second running 1', 'second finished 2', 'third finished 2'])
  const last: Snapshot = await lastValueFrom(run.snapshot$)
  assert.is(last.runId, run.runId)
})

const invalid = [{ id: 'a', type: 'test', operation: 'hold', dependencies: ['b'] }]
const { operations } = heldOperations()

const refusal = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => value,
    (error: unknown) => error,
  )

test('tells everyone of a plan that cannot run, also those who come late', async () => {
  const run = startBatch(invalid, { operations })
  for (const told of [run.done, lastValueFrom(run.events$), lastValueFrom(run.snapshot$)]) {
    const error = await refusal(told)
    assert.instance(error, InvalidPlanError)
    assert.is((error as InvalidPlanError).faults[0]?.type, 'unknown-id')
  }
})

test('rejects without an unhandled rejection when nobody looks', async () => {
  const unhandled: unknown[] = []
  const note = (error: unknown): void => void unhandled.push(error)
  process.on('unhandledRejection', note)
  startBatch(invalid, { operations })
  await new Promise((resolve) => setImmediate(resolve))
  process.off('unhandledRejection', note)
  assert.equal(unhandled, [])
})

test('has the id of its seed, as the same seed gives the same run', () => {
  assert.is(start('a', { seed: 7 }).runId, start('a', { seed: 7 }).runId)
  assert.is.not(start('a').runId, start('a').runId)
})

test.run()

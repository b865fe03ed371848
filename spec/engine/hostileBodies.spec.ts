import { from, lastValueFrom, NEVER, Observable, Subject, takeWhile, throwError, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { RunOptions } from '../../src/engine/options.js'
import { runBatch } from '../../src/engine/runBatch.js'
import { operation } from '../../src/model/code/createOperation.js'
import type { BatchEvent } from '../../src/model/event.js'
import { runOperations } from '../../src/operators/runOperations.js'
import { heldOperations } from '../../src/testing/heldOperations.js'

const test = suite('hostile bodies, sources and options')

const hostileIterable = (leave: () => unknown): AsyncIterable<number> =>
  ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined), return: leave }) }) as unknown as AsyncIterable<number>

const bodies: readonly [title: string, body: () => unknown][] = [
  [
    'an observable whose teardown throws',
    () =>
      new Observable(() => () => {
        throw new Error('teardown')
      }),
  ],
  [
    'an iterable whose return() throws',
    () =>
      hostileIterable(() => {
        throw new Error('return')
      }),
  ],
  ['an iterable whose return() gives no promise', () => hostileIterable(() => 5)],
]
for (const [title, body] of bodies)
  test(`${title} ends like any other when it is stopped`, async () => {
    const events = await all([operation('hostile', body), operation('other', () => NEVER)], { signal: abortedIn(5) })
    const cancelled = events.flatMap((event) => (event.type === 'operation-cancelled' ? [event.id] : []))
    assert.equal([...cancelled].sort(), ['hostile', 'other'])
    assert.is(events.at(-1)?.type, 'run-finished')
  })

test('a body is not begun when the subscriber leaves at the start of its attempt', () => {
  let began = false
  const run = runBatch([
    operation('a', () => {
      began = true
    }),
  ])
  const seen: string[] = []
  run.pipe(takeWhile((event) => event.type !== 'attempt-started', true)).subscribe((event) => seen.push(event.type))
  assert.equal(seen, ['run-started', 'operation-ready', 'attempt-started'])
  assert.not.ok(began)
})

test('a journal whose flush throws has failed like one that rejects', async () => {
  const journal = {
    holdsGates: true,
    stopsRun: false,
    append: () => undefined,
    flush: () => {
      throw new Error('no disk')
    },
  }
  const events = await all([operation('a', () => 1)], { journal })
  assert.ok(events.some((event) => event.type === 'journal-failed'))
  assert.is(events.at(-1)?.type, 'run-finished')
})

test('an error whose message cannot be read fails the operation, not the run', async () => {
  const hostile = Object.defineProperty(new Error(), 'message', {
    get() {
      throw new Error('unreadable')
    },
  })
  const events = await all([operation('a', () => Promise.reject(hostile))])
  assert.ok(events.some((event) => event.type === 'operation-failed'))
  assert.is(events.at(-1)?.type, 'run-finished')
})

const wrong: readonly RunOptions[] = [
  { graceMs: Infinity },
  { graceMs: NaN },
  { graceMs: -1 },
  { lookBack: NaN },
  { lookBack: -1 },
  { seed: 0.5 },
  { concurrency: 0 },
]
for (const options of wrong)
  test(`${JSON.stringify(options)} is refused before anything runs`, () => {
    const [[name, value]] = Object.entries(options) as [[string, number]]
    assert.throws(
      () => runBatch([], options),
      (error: Error) =>
        error.name === 'TypeError' &&
        error.message.startsWith(`runBatch: options.${name}: expected a whole number`) &&
        error.message.includes(`received ${value}.`),
    )
  })

test('limits that fail leave the last one, and the summary tells', async () => {
  for (const concurrency of [throwError(() => new Error('no limits')), from([-1, 2])]) {
    const events = await all([operation('a', () => 1)], { concurrency })
    const last = events.at(-1)
    assert.is(last?.type === 'run-finished' && last.summary.stoppedBy?.type, 'source')
    assert.ok(events.some((event) => event.type === 'operation-succeeded'))
  }
})

const busy: readonly [title: string, perform: () => unknown][] = [
  ['at once', () => 1],
  ['in a microtask', () => Promise.resolve(1)],
]
for (const [title, perform] of busy)
  test(`an endless source of functions that end ${title} lets the signal and the timers through`, async () => {
    function* endless(): Generator<unknown> {
      for (let n = 0; ; n++) yield operation(`o${n}`, perform)
    }
    const stop = new AbortController()
    let ticks = 0
    // Without its turns the timer never stops the run, and the spec runs into its time limit.
    const timer = setInterval(() => ++ticks === 5 && stop.abort(), 5)
    const last = await lastValueFrom(runBatch(endless(), { signal: stop.signal }))
    clearInterval(timer)
    assert.is(last.type === 'run-finished' && last.summary.stoppedBy?.type, 'signal')
  })

test('what is pushed is bounded also while it waits for others', () => {
  const held = heldOperations()
  const pushed = new Subject<object>()
  const failed: string[] = []
  pushed.pipe(runOperations({ operations: held.operations, concurrency: 3, buffer: 10, lookBack: 5 })).subscribe((event) => {
    if (event.type === 'operation-failed') failed.push(event.error.type)
  })
  pushed.next({ id: 'first', type: 'test', operation: 'hold', keep: true })
  for (let n = 0; n < 100; n++) pushed.next({ type: 'test', operation: 'hold', dependencies: ['first'] })
  assert.is(failed.length, 101 - 10 - (5 + 3))
  assert.equal([...new Set(failed)], ['buffer-full'])
})

test('operations that only coordinate start by priority, and not while the run is paused', () => {
  const started: string[] = []
  const limit = new Subject<number>()
  const list = operation('list', () => [1])
  const each = (id: string, priority: 'critical' | 'low') => operation.each(id, list, () => 1, { priority })
  runBatch([list, each('low', 'low'), each('critical', 'critical')], { concurrency: limit }).subscribe((event) => {
    if (event.type === 'attempt-started') started.push(event.id)
    if (event.type === 'operation-succeeded' && event.id === 'list') limit.next(0)
  })
  assert.equal(started, ['list'])
  limit.next(1)
  assert.equal(started.slice(1, 3), ['critical', 'low'])
})

/** Unlike `AbortSignal.timeout`, its timer keeps the process alive. */
function abortedIn(ms: number): AbortSignal {
  const controller = new AbortController()
  setTimeout(() => controller.abort(), ms)
  return controller.signal
}

async function all(operations: readonly unknown[], options: RunOptions = {}): Promise<readonly BatchEvent[]> {
  return lastValueFrom(runBatch(operations, options).pipe(toArray()))
}

test.run()

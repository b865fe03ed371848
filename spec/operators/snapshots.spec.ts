import { lastValueFrom, map, Observable, Subject, take, VirtualTimeScheduler } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../src/engine/runBatch.js'
import { operation } from '../../src/model/code/createOperation.js'
import type { BatchEvent } from '../../src/model/event.js'
import { operationOf, type Snapshot } from '../../src/operators/snapshot/snapshot.js'
import { snapshots } from '../../src/operators/snapshots.js'
import { marbles } from '../support/marbles.js'
import { attempt, broken, cancelled, events, failed, finished, ready, skipped, spent, started, succeeded, type Told } from './events.js'

const test = suite('snapshots')

const noCounts = { total: 0, waiting: 0, ready: 0, running: 0, succeeded: 0, failed: 0, skipped: 0, cancelled: 0 }

/** One snapshot for each part of a story, after the idle one. */
function shown(...parts: readonly (readonly Told[])[]): readonly Snapshot[] {
  const scheduler = new VirtualTimeScheduler()
  const events$ = new Subject<BatchEvent>()
  const seen: Snapshot[] = []
  events$.pipe(snapshots({ scheduler })).subscribe((snapshot) => seen.push(snapshot))
  let told = 0
  const all = events(...parts.flat())
  for (const { length } of parts) {
    for (const event of all.slice(told, (told += length))) events$.next(event)
    scheduler.flush()
  }
  return seen.slice(1)
}

const after = (...story: readonly Told[]): Snapshot => shown(story).at(-1)!

const ids = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `o${index}`)

const inShort = map(({ phase, counts }: Snapshot) => `${phase} ${counts.ready}`)

test('shows the idle state at once, at most one state a frame, and the last one before it completes', () =>
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const [s, a, b, c] = events(started(9), ready('a'), ready('b'), ready('c'))
    const source = cold(' s-a 17ms b 79ms c 9ms |', { s: s!, a: a!, b: b!, c: c! })
    const subs = '        ^ 109ms !'
    const expected = '    i 15ms 1 19ms 2 73ms (3|)'
    const states = { i: 'idle 0', 1: 'running 1', 2: 'running 2', 3: 'running 3' }
    expectObservable(source.pipe(snapshots(), inShort)).toBe(expected, states)
    expectSubscriptions(source.subscriptions).toBe(subs)
  }))

test('shows the last state before it errors with its source', () =>
  marbles(({ cold, expectObservable }) => {
    const [s, a] = events(started(9), ready('a'))
    const source = cold(' s-a-#', { s: s!, a: a! }, new RangeError('no bed'))
    const expected = '    i---(1#)'
    expectObservable(source.pipe(snapshots(), inShort)).toBe(expected, { i: 'idle 0', 1: 'running 1' }, new RangeError('no bed'))
  }))

test('keeps the pace it is asked for, by the scheduler it is given', () =>
  marbles(({ cold, expectObservable }) => {
    const [s, a, b] = events(started(9), ready('a'), ready('b'))
    const source = cold(' s 99ms a 99ms b', { s: s!, a: a!, b: b! })
    const expected = '    i 149ms 1 199ms 2'
    const states = { i: 'idle 0', 1: 'running 1', 2: 'running 2' }
    expectObservable(source.pipe(snapshots({ everyMs: 150 }), inShort)).toBe(expected, states)
  }))

test('shows nothing for events that change nothing', () =>
  marbles(({ cold, expectObservable }) => {
    const [o, e, p, r] = events(
      { type: 'operation-output', id: 'a', stream: 'stdout', text: 'hum' },
      { type: 'operation-undone', id: 'a' },
      { type: 'operation-progress', id: 'a', fraction: 0.5 },
      { type: 'attempt-failed', id: 'a', attempt: 1, error: broken },
    )
    const source = cold(' oepr|', { o: o!, e: e!, p: p!, r: r! })
    const expected = '    i---|'
    expectObservable(source.pipe(snapshots(), inShort)).toBe(expected, { i: 'idle 0' })
  }))

test('starts no run for one who leaves at the idle state', async () => {
  let subscribed = 0
  const source = new Observable<BatchEvent>(() => void subscribed++)
  const first = await lastValueFrom(source.pipe(snapshots(), take(1)))
  assert.equal(first, { phase: 'idle', counts: noCounts, chunks: [], failures: [], emitted: [] })
  assert.is(subscribed, 0)
})

test('leaves no timer behind when its subscriber leaves', () => {
  const scheduler = new VirtualTimeScheduler()
  const events$ = new Subject<BatchEvent>()
  let seen = 0
  const subscription = events$.pipe(snapshots({ scheduler })).subscribe(() => void seen++)
  for (const event of events(started(1), ready('a'))) events$.next(event)
  subscription.unsubscribe()
  scheduler.flush()
  assert.is(seen, 1)
  assert.is(events$.observed, false)
})

test('shows a run from its start to its summary', () => {
  const summary = finished({ name: 'mill' }).summary
  const [atStart, atWork, atEnd] = shown(
    [started(2, 'mill')],
    [ready('a'), attempt('a'), succeeded('b')],
    [succeeded('a'), finished(summary)],
  )
  assert.equal(atStart, {
    phase: 'running',
    runId: 'r',
    name: 'mill',
    counts: { ...noCounts, total: 2, waiting: 2 },
    chunks: [],
    failures: [],
    emitted: [],
  })
  assert.equal(atWork?.counts, { ...noCounts, total: 2, running: 1, succeeded: 1 })
  assert.is(atEnd?.phase, 'finished')
  assert.equal(atEnd?.summary, summary)
  assert.equal(atEnd?.counts, { ...noCounts, total: 2, succeeded: 2 })
})

const retried: Told = { type: 'attempt-failed', id: 'a', attempt: 1, error: broken, retryInMs: 100 }

const rows: readonly (readonly [title: string, story: readonly Told[], operation: object])[] = [
  ['ready', [ready('a')], { state: 'ready', since: 1 }],
  ['at work', [ready('a'), attempt('a')], { state: 'running', attempt: 1, since: 2 }],
  ['waiting for its next attempt', [attempt('a'), retried], { state: 'waiting', attempt: 1, error: broken, retryAt: 102 }],
  ['at its second attempt', [attempt('a'), retried, attempt('a', 2)], { state: 'running', attempt: 2, since: 3 }],
  ['succeeded', [attempt('a'), succeeded('a')], { state: 'succeeded', durationMs: spent.durationMs, attempts: 1 }],
  ['failed', [attempt('a'), failed('a')], { state: 'failed', durationMs: spent.durationMs, attempts: 1, error: broken }],
  ['skipped', [skipped('a', 'b')], { state: 'skipped', reason: 'dependency', because: ['b'] }],
  [
    'cancelled',
    [cancelled('a')],
    { state: 'cancelled', durationMs: spent.durationMs, attempts: 1, cause: { type: 'signal', message: 'enough' } },
  ],
]

for (const [title, story, expected] of rows) {
  test(`shows an operation that is ${title}, whether the frame began before or with it`, () => {
    assert.equal(operationOf(after(started(1), ...story), 'a'), { id: 'a', ...expected })
    assert.equal(operationOf(shown([started(1)], ...story.map((told) => [told])).at(-1)!, 'a'), { id: 'a', ...expected })
  })
}

const said = (about: { readonly fraction?: number; readonly message?: string }): Told => ({ type: 'operation-progress', id: 'a', ...about })

test('shows the latest fraction and message of the running attempt', () => {
  const atWork = { id: 'a', state: 'running', attempt: 1, since: 1 }
  const together = after(started(1), attempt('a'), said({ fraction: 0.1, message: 'slow' }), said({ fraction: 0.2 }))
  assert.equal(operationOf(together, 'a'), { ...atWork, fraction: 0.2, message: 'slow' })
  const apart = shown([started(1), attempt('a'), said({ fraction: 0.1, message: 'slow' })], [said({ message: 'fast' })]).at(-1)!
  assert.equal(operationOf(apart, 'a'), { ...atWork, fraction: 0.1, message: 'fast' })
})

test('forgets what an attempt said when the next one starts', () => {
  const next = after(started(1), attempt('a'), said({ fraction: 0.9 }), retried, attempt('a', 2))
  assert.equal(operationOf(next, 'a'), { id: 'a', state: 'running', attempt: 2, since: 4 })
})

test('counts an operation once, whatever it goes through', () => {
  const { counts } = after(started(3), ready('a'), attempt('a'), retried, attempt('a', 2), ready('b'))
  assert.equal(counts, { ...noCounts, total: 3, waiting: 1, ready: 1, running: 1 })
  assert.equal(after(started(1), attempt('a'), retried).counts, { ...noCounts, total: 1, waiting: 1 })
})

test('counts the parts of an operation, and operations that are added, beside those of the plan', () => {
  const part = { ...ready('a[0]'), parent: 'a' }
  assert.equal(after(started(1), attempt('a'), part).counts, { ...noCounts, total: 2, ready: 1, running: 1 })
  assert.equal(operationOf(after(started(1), part), 'a[0]'), { id: 'a[0]', parent: 'a', state: 'ready', since: 1 })
  const added: Told = { type: 'operation-added', id: 'b' }
  assert.equal(after(started(0), added, ready('b')).counts, { ...noCounts, total: 1, ready: 1 })
})

test('ends with the counts of the summary', async () => {
  const list = operation('list', () => [1, 2, 3])
  const lengths = operation.each('lengths', list, (item) => {
    if (item === 2) throw new RangeError('no water')
    return item
  })
  const sum = operation('sum', { lengths }, () => 1)
  const { counts, summary } = await lastValueFrom(runBatch([list, lengths, sum]).pipe(snapshots()))
  const { waiting, ready, running, ...ended } = counts
  assert.equal({ waiting, ready, running }, { waiting: 0, ready: 0, running: 0 })
  assert.equal(ended, summary?.counts)
})

test('keeps the last 20 failures, the latest last', () => {
  const { failures } = after(started(30), ...ids(25).map((id) => failed(id)))
  assert.equal(
    failures.map(({ id }) => id),
    ids(25).slice(5),
  )
  assert.is(failures[0]?.error, broken)
})

test('shares every chunk and every operation that did not change', () => {
  const [before, later] = shown([started(600), ...ids(600).map(ready)], [attempt('o300')]) as [Snapshot, Snapshot]
  assert.equal(
    before.chunks.map(({ length }) => length),
    [256, 256, 88],
  )
  assert.equal(
    before.chunks.map((chunk, index) => chunk === later.chunks[index]),
    [true, false, true],
  )
  assert.equal(
    later.chunks[1]!.flatMap((each, index) => (each === before.chunks[1]![index] ? [] : [each.id])),
    ['o300'],
  )
  assert.is(later.failures, before.failures)
})

test('freezes its own state, and nothing that an operation gave', () => {
  const given = { water: 0 }
  const snapshot = after(started(1), failed('a', { ...broken, cause: given }), finished())
  const { chunks, counts, failures, summary } = snapshot
  for (const part of [snapshot, chunks, chunks[0], chunks[0]?.[0], counts, failures, failures[0], summary]) assert.ok(Object.isFrozen(part))
  assert.is(Object.isFrozen(given), false)
})

test('keeps the last hundred named events, and nothing frozen of what they tell', () => {
  const data = { to: 'b' }
  const told = Array.from({ length: 250 }, (_, n): Told => ({ type: 'operation-emitted', id: 'a', name: `message${n}`, data }))
  const { emitted: kept } = after(started(1), ready('a'), ...told)
  assert.is(kept.length, 100)
  assert.equal([kept[0]?.name, kept.at(-1)?.name], ['message150', 'message249'])
  assert.ok(Object.isFrozen(kept) && Object.isFrozen(kept[0]))
  assert.is(Object.isFrozen(data), false)
})

test('takes ids as data, whatever they are called', () => {
  const names = ['__proto__', 'constructor', 'toString']
  const snapshot = after(started(3), ...names.map(ready))
  assert.equal(
    names.map((id) => operationOf(snapshot, id)?.id),
    names,
  )
  assert.is(operationOf(snapshot, 'hasOwnProperty'), undefined)
})

test('lets an older snapshot know nothing of operations heard of later', () => {
  const [before, later] = shown([started(300), ...ids(10).map(ready)], ids(300).map(ready)) as [Snapshot, Snapshot]
  assert.is(operationOf(before, 'o9')?.state, 'ready')
  assert.is(operationOf(before, 'o10'), undefined)
  assert.is(operationOf(before, 'o299'), undefined)
  assert.is(operationOf(later, 'o299')?.state, 'ready')
})

test('is plain data: a copy sent elsewhere answers the same', () => {
  const snapshot = after(started(300), ...ids(300).map(ready), finished())
  const sent = structuredClone(snapshot)
  assert.equal(sent, snapshot)
  assert.equal(operationOf(sent, 'o299'), { id: 'o299', state: 'ready', since: 300 })
  assert.is(operationOf(sent, 'o300'), undefined)
})

test.run()

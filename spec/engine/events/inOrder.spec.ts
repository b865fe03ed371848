import { filter, map, NEVER, Observable, Subject, take, tap, timer, type OperatorFunction, type SchedulerLike } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { operation, runBatch, runOperations, type BatchEvent, type Operation } from '../../../src/index.js'
import { storyLine } from '../../../src/testing/storyLine.js'
import { marbles } from '../../support/marbles.js'

const test = suite('the order of events')

/** One letter an event: small when an operation becomes ready, large when an attempt starts, a digit when it succeeds. */
const letters: Readonly<Record<string, string>> = {
  'run-started': 'S',
  'run-finished': 'F',
  ...Object.fromEntries(
    ['a', 'b', 'c'].flatMap((id, at) => [
      [`ready ${id}`, id],
      [`started ${id}#1`, id.toUpperCase()],
      [`succeeded ${id}`, `${at + 1}`],
      [`added ${id}`, '+'],
      [`progress ${id}`, '%'],
      [`cancelled ${id}: signal`, 'x'],
      [`skipped ${id}: dependency a`, '~'],
    ]),
  ),
}

const letterOf = (event: BatchEvent): string => letters[storyLine(event).replace(/^\S+ /, '')] ?? storyLine(event)

/** Events as letters, behind two operators; `react` hears each, and must never be called while it is at work. */
function heardBy(react: (letter: string) => void): OperatorFunction<BatchEvent, string> {
  let depth = 0
  let due = 0
  return (events) =>
    events.pipe(
      tap(({ seq }) => assert.is(seq, due++)),
      map(letterOf),
      filter(() => true),
      tap((letter) => {
        assert.is(++depth, 1, `${letter} was delivered inside another event`)
        react(letter)
        depth--
      }),
    )
}

const lasting = (ms: number, scheduler: SchedulerLike, id: string, ...dependencies: readonly Operation[]): Operation =>
  operation(id, () => timer(ms, scheduler), { dependencies })

test('a subscriber that stops the run hears the ends after the event that it acts on', () =>
  marbles(({ expectObservable, testScheduler: scheduler }) => {
    const controller = new AbortController()
    const a = lasting(9, scheduler, 'a')
    const run = runBatch([a, lasting(9, scheduler, 'b'), lasting(9, scheduler, 'c', a)], { scheduler, signal: controller.signal })
    const cancelling = heardBy((letter) => void (letter === 'a' && controller.abort()))
    const expected = '(Saxx~F|)'
    expectObservable(run.pipe(cancelling)).toBe(expected)
  }))

test('a subscriber that stops the run while operations run hears their ends after the event that it acts on', () =>
  marbles(({ expectObservable, testScheduler: scheduler }) => {
    const controller = new AbortController()
    const run = runBatch([lasting(20, scheduler, 'a'), lasting(30, scheduler, 'b'), lasting(30, scheduler, 'c')], {
      scheduler,
      concurrency: 2,
      signal: controller.signal,
    })
    const cancelling = heardBy((letter) => void (letter === '1' && controller.abort()))
    const expected = '(SabcAB) 12ms (1xxF|)'
    expectObservable(run.pipe(cancelling)).toBe(expected)
  }))

test('an end precedes what it makes ready, and both follow the event that caused them', () =>
  marbles(({ expectObservable, testScheduler: scheduler }) => {
    const end$ = new Subject<void>()
    let report = (): void => undefined
    const a = operation('a', ({ progress }) => {
      report = () => progress(0.5)
      return end$
    })
    const run = runBatch([a, lasting(20, scheduler, 'b', a)], { scheduler })
    const ending = heardBy((letter) => void (letter === '%' && end$.complete()))
    const expected = '(SaA) 5ms (%1bB) 14ms (2F|)'
    expectObservable(run.pipe(ending)).toBe(expected)
    scheduler.schedule(() => report(), 10)
  }))

test('what a subscriber pushes is added after the event that it acts on', () =>
  marbles(({ expectObservable, testScheduler: scheduler }) => {
    const operations$ = new Subject<Operation>()
    const pushing = heardBy((letter) => {
      if (letter === 'A') operations$.next(lasting(20, scheduler, 'b'))
      if (letter === '2') operations$.complete()
    })
    const started$ = operations$.pipe(runOperations({ scheduler }), pushing)
    // The run listens to its source when it has begun, so the first is pushed after that.
    scheduler.schedule(() => operations$.next(lasting(20, scheduler, 'a')), 10)
    const expected = 'S 9ms (+aA+bB) 12ms (12F|)'
    expectObservable(started$).toBe(expected)
  }))

test('a limit that a subscriber raises starts nothing in the middle of the event that it acts on', () =>
  marbles(({ expectObservable, testScheduler: scheduler }) => {
    const limit$ = new Subject<number>()
    const started: string[] = []
    const made = (id: string): Operation =>
      operation(id, () => {
        started.push(id)
        return timer(20, scheduler)
      })
    const concurrency = new Observable<number>((subscriber) => {
      subscriber.next(1)
      return limit$.subscribe(subscriber)
    })
    const raising = heardBy((letter) => {
      if (letter !== 'A') return
      limit$.next(3)
      assert.equal(started, [])
    })
    const expected = '(SabcABC) 11ms (123F|)'
    expectObservable(runBatch([made('a'), made('b'), made('c')], { scheduler, concurrency }).pipe(raising)).toBe(expected)
  }))

test('a subscriber that leaves in the middle of an event hears nothing more, and nothing more starts', () =>
  marbles(({ expectObservable, testScheduler: scheduler }) => {
    const controller = new AbortController()
    let started = 0
    const made = (id: string): Operation => operation(id, () => timer(++started, scheduler))
    const run = runBatch([made('a'), made('b')], { scheduler, signal: controller.signal })
    const leaving = heardBy((letter) => void (letter === 'A' && controller.abort()))
    const expected = '(SabA|)'
    expectObservable(run.pipe(leaving, take(4))).toBe(expected)
    scheduler.schedule(() => assert.is(started, 0), 50)
  }))

test('all who share a run hear the same order, though one of them stops it', () =>
  marbles(({ expectObservable, testScheduler: scheduler }) => {
    const controller = new AbortController()
    const shared$ = new Subject<string>()
    const run = runBatch([lasting(20, scheduler, 'a'), lasting(20, scheduler, 'b')], { scheduler, signal: controller.signal })
    shared$.subscribe((letter) => void (letter === 'A' && controller.abort()))
    const expected = '-(SabAxxF|)'
    expectObservable(shared$).toBe(expected)
    scheduler.schedule(() => void run.pipe(heardBy(() => undefined)).subscribe(shared$), 1)
  }))

test('the journal is flushed for an end only once it was given that end', async () => {
  const controller = new AbortController()
  const appended: string[] = []
  const atFlush: string[] = []
  const journal = {
    holdsGates: true,
    stopsRun: false,
    append: (event: BatchEvent) => void appended.push(letterOf(event)),
    flush: () => {
      atFlush.push(appended.join(''))
      return Promise.resolve()
    },
  }
  const b = operation('b', ({ progress }) => {
    queueMicrotask(() => progress(0.5))
    return NEVER
  })
  const heard: string[] = []
  const stopping = heardBy((letter) => void (letter === '%' && controller.abort()))
  const run = runBatch([operation('a', () => NEVER), b], { signal: controller.signal, journal })
  for await (const letter of run.iterate(stopping)) heard.push(letter)
  assert.equal(heard.join(''), 'SabAB%xxF')
  assert.equal(appended, heard)
  assert.equal(atFlush, ['SabAB%xx', 'SabAB%xx', 'SabAB%xxF'])
})

test.run()

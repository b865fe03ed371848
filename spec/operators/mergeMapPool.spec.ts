import { from, of, range, Subject, take, type OperatorFunction } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { mergeMapPool } from '../../src/index.js'
import { marbles } from '../support/marbles.js'

const test = suite('mergeMapPool')

test('no more than concurrency run at once, the others wait in order', () =>
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold('  abc|     ')
    const inner = cold('   ---x|    ')
    const subs = ['        ^---!    ', '-^---!   ', '----^---!']
    const expected = '     ---xx--x|'
    expectObservable(source.pipe(mergeMapPool(() => inner, { concurrency: 2 }))).toBe(expected)
    expectSubscriptions(inner.subscriptions).toBe(subs)
  }))

test('the best priority first, then the order they came in', () =>
  marbles(({ cold, expectObservable }) => {
    const source = cold('  (abc|)   ')
    const project = (value: string) => cold('-x|', { x: value })
    const priority = (value: string) => (value === 'c' ? ('high' as const) : ('low' as const))
    expectObservable(source.pipe(mergeMapPool(project, { concurrency: 1, priority }))).toBe('-a-c-b|')
  }))

test('in order, what comes early waits for those before it', () =>
  marbles(({ cold, expectObservable }) => {
    const source = cold('  (ab|)  ')
    const project = (value: string) => (value === 'a' ? cold('---a|') : cold('-b|'))
    expectObservable(source.pipe(mergeMapPool(project, { concurrency: 2, inOrder: true }))).toBe('---a(b|)')
  }))

test('a pool is a limit below the concurrency', () =>
  marbles(({ cold, expectObservable }) => {
    const source = cold('  (abc|)    ')
    const project = (value: string) => cold('---x|', { x: value })
    const pool = (value: string) => (value === 'c' ? undefined : 'p')
    const expected = '     ---(ac)b|'
    expectObservable(source.pipe(mergeMapPool(project, { concurrency: 3, pool, pools: { p: 1 } }))).toBe(expected)
  }))

test('a weight takes several slots', () =>
  marbles(({ cold, expectObservable }) => {
    const source = cold('  (ab|)')
    const project = (value: string) => cold('-x|', { x: value })
    const weight = (value: string) => (value === 'a' ? 2 : 1)
    const expected = '     -a-b|'
    expectObservable(source.pipe(mergeMapPool(project, { concurrency: 2, weight }))).toBe(expected)
  }))

test('a pool with a rate starts so many a second', () =>
  marbles(({ cold, expectObservable, testScheduler }) => {
    const source = cold('  (abc|)    ')
    const options = { concurrency: 3, pool: () => 'api', pools: { api: { perSecond: 2 } }, scheduler: testScheduler }
    const expected = '     a 499ms b 499ms (c|)'
    expectObservable(source.pipe(mergeMapPool((value) => of(value), options))).toBe(expected)
  }))

test('the concurrency may change in flight, and 0 pauses', () => {
  const limit = new Subject<number>()
  const started: number[] = []
  const ends: Subject<void>[] = []
  const project = (value: number): Subject<void> => {
    started.push(value)
    const end = new Subject<void>()
    ends.push(end)
    return end
  }
  of(1, 2, 3, 4)
    .pipe(mergeMapPool(project, { concurrency: limit }))
    .subscribe()
  assert.equal(started, [])
  limit.next(2)
  assert.equal(started, [1, 2])
  limit.next(0)
  ends[0]!.complete()
  assert.equal(started, [1, 2])
  limit.next(3)
  assert.equal(started, [1, 2, 3, 4])
})

test('an error of one ends all, and so does the signal', () => {
  const running = new Subject<never>()
  const controller = new AbortController()
  let error: unknown
  of(1)
    .pipe(mergeMapPool(() => running, { concurrency: 1, signal: controller.signal }))
    .subscribe({ error: (thrown: unknown) => (error = thrown) })
  controller.abort(new Error('enough'))
  assert.is((error as Error).message, 'enough')
  assert.is(running.observed, false)
})

test('values that end at once grow no stack', () => {
  let sum = 0
  let done = false
  const values = Array.from({ length: 200_000 }, () => 1)
  const limit = new Subject<number>()
  from(values)
    .pipe(mergeMapPool((value) => of(value), { concurrency: limit }))
    .subscribe({ next: (value) => (sum += value), complete: () => (done = true) })
  limit.next(1)
  assert.equal([sum, done], [200_000, true])
})

const untyped = mergeMapPool as unknown as (...given: readonly unknown[]) => OperatorFunction<number, number>
test('mistakes are told by the call', () => {
  assert.throws(() => untyped(() => of(1)), /^mergeMapPool: options: "concurrency" is missing\. The most that run at once/)
  assert.throws(() => untyped(() => of(1), { concurrency: 2, weigth: () => 1 }), /there is no "weigth" here\. Did you mean "weight"\?/)
  assert.throws(() => untyped(6), /^mergeMapPool: project: expected a function, received 6\.$/)
  assert.throws(
    () => untyped(() => of(1), { concurrency: 2, pools: { api: 0, web: { perSecnd: 2 }, db: '2' } }),
    /3 faults[^]*options\.pools\.api: expected a whole number from 1[^]*no "perSecnd" here\. Did you mean "perSecond"\?[^]*pools\.db: expected a number of slots/,
  )
})

const errorOf = (options: object): string => {
  let message = 'none'
  of(1)
    .pipe(untyped(() => of(1), { concurrency: 2, ...options }))
    .subscribe({ error: (error: Error) => (message = error.message) })
  return message
}
test('what could never start is an error of the stream, not a wait for ever', () => {
  assert.is(errorOf({ weight: () => 3 }), 'mergeMapPool: weight: expected a whole number from 1 to 2, received 3.')
  assert.is(errorOf({ weight: () => 0 }), 'mergeMapPool: weight: expected a whole number from 1 to 2, received 0.')
  assert.is(
    errorOf({ priority: () => 'urgent' }),
    'mergeMapPool: priority: expected one of critical, high, medium, low, received "urgent".',
  )
  assert.is(
    errorOf({ pool: () => 'apo', pools: { api: 1 } }),
    'mergeMapPool: pool: expected the name of a pool, or undefined, received "apo". There is: api.',
  )
  assert.is(errorOf({ concurrency: of(1.5) }), 'concurrency: 1.5 is not a whole number of at least 0.')
})

test('a function of the caller that throws is an error of the stream', () => {
  const broken = (): never => {
    throw new Error('no field')
  }
  assert.is(errorOf({ priority: broken }), 'no field')
})

test('many values that wait for a rate share one timer', () =>
  marbles(({ cold, expectObservable, testScheduler }) => {
    const source = cold('  (abcde|)')
    const options = { concurrency: 9, pool: () => 'api', pools: { api: { perSecond: 2 } }, scheduler: testScheduler }
    const before = testScheduler.actions.length
    expectObservable(
      source.pipe(
        mergeMapPool((value) => of(value), options),
        take(1),
      ),
    ).toBe('(a|)')
    testScheduler.schedule(() => assert.ok(testScheduler.actions.length - before <= 1, `${testScheduler.actions.length} timers`), 5)
  }))

test('an endless synchronous inner ends when nobody listens', () => {
  const seen: number[] = []
  of(0)
    .pipe(
      mergeMapPool(() => range(0, Infinity), { concurrency: 1 }),
      take(3),
    )
    .subscribe((value) => seen.push(value))
  assert.equal(seen, [0, 1, 2])
})

test.run()

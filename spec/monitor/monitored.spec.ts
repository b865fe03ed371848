import { concat, from, NEVER, of, range, Subject, take, tap, throwError } from 'rxjs'
import { TestScheduler } from 'rxjs/testing'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { monitored, type FlowMetrics } from '../../src/index.js'
import { marbles } from '../support/marbles.js'

const test = suite('monitored')

test('values, end and subscriptions are those of the source; samples come at their times and at the end', () =>
  marbles(({ cold, expectObservable, expectSubscriptions, testScheduler }) => {
    const source = cold('  a-a-a-----a|')
    const subs = '         ^----------!'
    const expected = '     a-a-a-----a|'
    const samples = '      ----2---3--(4|)'
    const seen = new Subject<number>()
    const told = { next: ({ values }: FlowMetrics) => seen.next(values) }
    expectObservable(seen.pipe(take(3))).toBe(samples, { 2: 2, 3: 3, 4: 4 })
    expectObservable(source.pipe(monitored('letters', told, { everyMs: 4, scheduler: testScheduler }))).toBe(expected)
    expectSubscriptions(source.subscriptions).toBe(subs)
  }))

/** The samples of a source in virtual time. */
function samplesOf(marble: string, { until = Infinity, handlingMs = 0 } = {}): readonly FlowMetrics[] {
  const samples: FlowMetrics[] = []
  const scheduler = new TestScheduler(assert.equal)
  scheduler.run(({ cold }) => {
    const clock = { now: () => scheduler.now() + spent, schedule: scheduler.schedule.bind(scheduler) as TestScheduler['schedule'] }
    let spent = 0
    const subscription = cold(marble)
      .pipe(
        monitored('letters', (metrics) => samples.push(metrics), { everyMs: 10, scheduler: clock }),
        tap(() => (spent += handlingMs)),
      )
      .subscribe({ error: () => undefined })
    if (until < Infinity) scheduler.schedule(() => subscription.unsubscribe(), until)
  })
  return samples
}

test('gaps and rates are of the values: since the start, and since the sample before', () => {
  const [first, second, last] = samplesOf('--a----a-----------------a|')
  assert.equal([first?.values, second?.values, last?.values], [2, 2, 3])
  assert.equal(first?.throughput, { overall: 200, recent: 200 })
  assert.equal(second?.throughput, { overall: 100, recent: 0 })
  assert.is(last?.throughput.recent, 1_000 / 6)
  const { count, meanMs, maxMs } = last!.gapMs
  assert.equal([count, meanMs, maxMs], [3, 25 / 3, 18])
  assert.equal([last?.name, last?.state, last?.elapsedMs], ['letters', 'completed', 26])
})

test('what those behind it take for a value is told', () => {
  const samples = samplesOf('-a-a|', { handlingMs: 3 })
  assert.equal([samples.at(-1)?.handlingMs.count, samples.at(-1)?.handlingMs.meanMs], [2, 3])
})

test('the last sample says how it ended', () => {
  assert.is(samplesOf('-a-#').at(-1)?.state, 'errored')
  assert.is(samplesOf('-a-|').at(-1)?.state, 'completed')
  const left = samplesOf('-a----------', { until: 15 })
  assert.equal(
    left.map(({ state }) => state),
    ['active', 'unsubscribed'],
  )
})

test('each subscription is counted for itself', () => {
  const ends: number[] = []
  const letters = from(['a', 'b']).pipe(monitored('letters', ({ values }) => ends.push(values)))
  letters.subscribe()
  letters.subscribe()
  assert.equal(ends, [2, 2])
})

test('a Subject that hears samples is not completed', () => {
  const heard = new Subject<FlowMetrics>()
  let ended = false
  heard.subscribe({ complete: () => (ended = true) })
  of(1).pipe(monitored('one', heard)).subscribe()
  assert.is(ended, false)
})

test('an endless synchronous source ends when nobody listens', () => {
  const states: string[] = []
  range(0, Infinity)
    .pipe(
      monitored('numbers', ({ state, values }) => states.push(`${state} ${values}`)),
      take(3),
    )
    .subscribe()
  assert.equal(states, ['unsubscribed 3'])
})

test('no timer is left when the source has errored', () => {
  const scheduler = new TestScheduler(assert.equal)
  concat(
    of(1),
    throwError(() => new Error('x')),
  )
    .pipe(monitored('one', () => undefined, { scheduler }))
    .subscribe({ error: () => undefined })
  assert.equal(
    scheduler.actions.filter((action) => !action.closed),
    [],
  )
})

const untyped = monitored as unknown as (...given: readonly unknown[]) => unknown
test('mistakes are told by the call', () => {
  assert.throws(() => untyped('pages'), /^monitored: sampled: expected a function, or an observer such as a Subject, received nothing/)
  assert.throws(() => untyped('', () => NEVER), /^monitored: name: expected text, received ""\.$/)
  assert.throws(() => untyped('pages', () => NEVER, { every: 10 }), /there is no "every" here\. Did you mean "everyMs"\?/)
})

test.run()

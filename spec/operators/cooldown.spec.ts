import { EMPTY, from, of, Subject, throwError, type Observable } from 'rxjs'
import { TestScheduler } from 'rxjs/testing'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cooldown, type CooldownOptions } from '../../src/index.js'
import { marbles } from '../support/marbles.js'

const test = suite('cooldown')

/** Plays these one after another, one each time it is asked; the last one again and again. */
function inTurn<A>(...played: readonly ((value: string) => Observable<A>)[]): (value: string) => Observable<A> {
  let asked = 0
  return (value) => played[Math.min(asked++, played.length - 1)]!(value)
}
/** Numbers are waits, in these specs; every other error is one. */
const waitMs = (error: unknown): number | undefined => (typeof error === 'number' ? error : undefined)

test('a value that is asked to wait starts again when the time is over, and the others wait with it', () =>
  marbles(({ cold, expectObservable, expectSubscriptions, testScheduler }) => {
    const source = cold('  (abc|)         ')
    const refused = cold(' -#             ', {}, 5)
    const answer = cold('        -x|      ')
    const first = '        ^!             '
    const rest = ['        ------^-!      ', '--------^-!', '----------^-!']
    const expected = '     -------x-x-x|  '
    const project = inTurn(
      () => refused,
      () => answer,
    )
    expectObservable(source.pipe(cooldown(project, { concurrency: 1, waitMs, scheduler: testScheduler }))).toBe(expected)
    expectSubscriptions(refused.subscriptions).toBe(first)
    expectSubscriptions(answer.subscriptions).toBe(rest)
  }))

test('it opens slowly: one starts, and with each that ends well one more at once', () =>
  marbles(({ cold, expectObservable, testScheduler }) => {
    const source = cold('  a(bcdefg|)                ')
    const refused = () => cold('#', {}, 5)
    const answer = (value: string) => cold('-----(x|)', { x: value })
    const expected = '     ----------a----(bc)-(defg|)'
    const project = inTurn(refused, answer)
    expectObservable(source.pipe(cooldown(project, { concurrency: 9, waitMs, scheduler: testScheduler }))).toBe(expected)
  }))

test('one that is refused while it is open closes it again, and is alone again at first', () =>
  marbles(({ cold, expectObservable, testScheduler }) => {
    const source = cold('  a(bc|)        ')
    const refused = () => cold('#', {}, 5)
    const answer = (value: string) => cold('-(x|)', { x: value })
    const expected = '     -----------a(bc|)'
    const project = inTurn(refused, refused, answer)
    expectObservable(source.pipe(cooldown(project, { concurrency: 9, waitMs, scheduler: testScheduler }))).toBe(expected)
  }))

test('an error that is no wait ends everything', () =>
  marbles(({ cold, expectObservable, expectSubscriptions, testScheduler }) => {
    const source = cold('  (ab|)  ')
    const a = cold('       --#    ')
    const b = cold('       -----x|')
    const bSubs = '        ^-!    '
    const expected = '     --#    '
    const project = (value: string): Observable<string> => (value === 'a' ? a : b)
    expectObservable(source.pipe(cooldown(project, { concurrency: 2, waitMs, scheduler: testScheduler }))).toBe(expected)
    expectSubscriptions(b.subscriptions).toBe(bSubs)
  }))

test('only the pool of the refused value is closed', () =>
  marbles(({ cold, expectObservable, testScheduler }) => {
    const source = cold('  (abc|)        ')
    const expected = '     -b--------a-c|'
    const answer = (value: string) => cold('-x|', { x: value })
    const slow = inTurn(() => cold('#', {}, 9), answer)
    const project = (value: string) => (value === 'b' ? answer(value) : slow(value))
    const pool = (value: string): string => (value === 'b' ? 'other' : 'slow')
    expectObservable(source.pipe(cooldown(project, { concurrency: 1, pool, waitMs, scheduler: testScheduler }))).toBe(expected)
  }))

test('in order, those behind a refused value are held back for it', () =>
  marbles(({ cold, expectObservable, testScheduler }) => {
    const source = cold('  (ab|)     ')
    const expected = '     ------(ab|)'
    const answer = (value: string) => cold('-(x|)', { x: value })
    const a = inTurn(() => cold('#', {}, 5), answer)
    const project = (value: string) => (value === 'a' ? a(value) : answer(value))
    const options = { concurrency: 2, inOrder: true, waitMs, scheduler: testScheduler }
    expectObservable(source.pipe(cooldown(project, options))).toBe(expected)
  }))

test('leaving it while it is closed leaves no timer', () =>
  marbles(({ cold, expectObservable, testScheduler }) => {
    const refused = inTurn(
      () => cold('#', {}, 20),
      () => throwError(() => new Error('nothing starts once nobody listens')),
    )
    const closed = cold('a').pipe(cooldown(refused, { concurrency: 1, waitMs, scheduler: testScheduler }))
    expectObservable(closed, '^----!').toBe('------')
  }))

for (const [title, wait] of [
  ['a wait of more than ten minutes', 600_001],
  ['a negative wait', -1],
  ['a wait that is no number', NaN],
] as const)
  test(`${title} is an error`, () =>
    marbles(({ cold, expectObservable, testScheduler }) => {
      const refused = () => cold('-#', {}, wait)
      expectObservable(cold('a').pipe(cooldown(refused, { concurrency: 1, waitMs, scheduler: testScheduler }))).toBe('-#', {}, wait)
    }))

test('the eleventh refusal of one value is an error', () => {
  const scheduler = new TestScheduler(assert.equal)
  let asked = 0
  let error: unknown
  scheduler.run(({ cold }) => {
    const refused = (): Observable<string> => {
      asked += 1
      return cold('#', {}, 1)
    }
    of(1)
      .pipe(cooldown(refused, { concurrency: 1, waitMs, scheduler }))
      .subscribe({ error: (thrown: unknown) => (error = thrown) })
  })
  assert.equal([asked, error], [11, 1])
})

test('what waitMs throws is an error of the stream', () => {
  let error: unknown
  const broken = (): never => {
    throw new Error('no field')
  }
  from([1])
    .pipe(cooldown(() => Promise.reject(new Error('x')), { concurrency: 1, waitMs: broken }))
    .subscribe({ error: (thrown: unknown) => (error = thrown) })
  return new Promise((resolve) => setImmediate(resolve)).then(() => assert.is((error as Error).message, 'no field'))
})

test('a source without values completes, one that never ends does not', () => {
  const options: CooldownOptions<number> = { concurrency: 1, waitMs }
  let ends = 0
  EMPTY.pipe(cooldown(() => of(1), options)).subscribe({ complete: () => ends++ })
  const endless = new Subject<number>()
  endless.pipe(cooldown((value) => of(value), options)).subscribe({ complete: () => (ends += 10) })
  endless.next(1)
  assert.is(ends, 1)
})

const untyped = cooldown as unknown as (...given: readonly unknown[]) => unknown
test('mistakes are told by the call', () => {
  assert.throws(
    () => untyped(() => of(1), { concurrency: 2 }),
    /^cooldown: options: "waitMs" is missing\. The ms that an error asks to wait/,
  )
  assert.throws(
    () => untyped(() => of(1), { concurrency: 2, waitMs: 500 }),
    /^cooldown: options\.waitMs: expected a function, received 500\.$/,
  )
})

test.run()

import { Observable, Subject, VirtualTimeScheduler } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { operation, runBatch, type BatchEvent, type Operation, type RunOptions } from '../../../src/index.js'
import { OperationFailure } from '../../../src/model/operationError.js'
import { marbleBatch, type MarbleOptions, type MarblePlan } from '../../../src/testing/marbleBatch.js'
import { timeline } from '../../support/timeline.js'

const test = suite('operations in time')

/** The marbles of each operation's attempts, and what is to be seen of it. See `timeline`. */
type Rows = Readonly<Record<string, readonly [marbles: string | readonly string[], expected: string]>>

function shows(plan: Omit<MarblePlan, 'operations'>, operations: MarblePlan['operations'], rows: Rows, options: MarbleOptions = {}): void {
  const marbles = Object.fromEntries(Object.entries(rows).map(([id, [played]]) => [id, played]))
  const expected = Object.fromEntries(Object.entries(rows).map(([id, [, seen]]) => [id, seen]))
  const { events } = marbleBatch({ ...plan, operations }, marbles, options)
  assert.equal(timeline(events), expected)
}

/** The server asked to be left alone for three ms. */
const busy = new OperationFailure({ type: 'http-status', status: 500, message: 'busy', retryable: true, retryAfterMs: 3 })

test('onFailure continue: only dependents are skipped', () =>
  shows({ onFailure: 'continue', concurrency: 2 }, [{ id: 'a' }, { id: 'b' }, { id: 'c', dependencies: ['a'] }, { id: 'd' }], {
    a: ['--#    ', '==#'],
    b: ['----|  ', '====|'],
    c: ['-|     ', '  s'],
    d: ['---|   ', 'ww===|'],
  }))

test('onFailure no-new: running ones end, none start but the clean-up', () =>
  shows(
    { onFailure: 'no-new', concurrency: 2 },
    [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'clean', when: 'settled', dependencies: ['a'] }],
    {
      a: ['--#    ', '==#'],
      b: ['----|  ', '====|'],
      c: ['-|     ', 'wws'],
      clean: ['---|', '  ===|'],
    },
  ))

test('onFailure cancel: running ones are aborted, none start but the clean-up', () =>
  shows(
    { onFailure: 'cancel', concurrency: 2 },
    [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'clean', when: 'settled', dependencies: ['a', 'b'] }],
    {
      a: ['--#    ', '==#'],
      b: ['----|  ', '==!'],
      c: ['-|     ', 'wws'],
      clean: ['---|', '  ===|'],
    },
  ))

test('onFailure rollback: stops as cancel does, and waits for every end', () =>
  shows({ onFailure: 'rollback', concurrency: 2 }, [{ id: 'a' }, { id: 'b' }, { id: 'c' }], {
    a: ['--#    ', '==#'],
    b: ['----|  ', '==!'],
    c: ['-|     ', 'wws'],
  }))

test('when: each waits for all it depends on, and then starts or is skipped', () =>
  shows(
    {},
    [
      { id: 'good' },
      { id: 'bad' },
      { id: 'success', dependencies: ['good', 'bad'] },
      { id: 'settled', dependencies: ['good', 'bad'], when: 'settled' },
      { id: 'anyFailed', dependencies: ['good', 'bad'], when: 'any-failed' },
      { id: 'noneFailed', dependencies: ['good', 'bad'], when: 'none-failed' },
    ],
    {
      good: ['---| ', '===|'],
      bad: ['-#    ', '=#'],
      success: ['-|', '   s'],
      settled: ['-|', '   =|'],
      anyFailed: ['-|', '   =|'],
      noneFailed: ['-|', '   s'],
    },
  ))

test('when: without a failure', () =>
  shows(
    {},
    [
      { id: 'good' },
      { id: 'success', dependencies: ['good'] },
      { id: 'settled', dependencies: ['good'], when: 'settled' },
      { id: 'anyFailed', dependencies: ['good'], when: 'any-failed' },
      { id: 'noneFailed', dependencies: ['anyFailed'], when: 'none-failed' },
      { id: 'after', dependencies: ['anyFailed'] },
    ],
    {
      good: ['---| ', '===|'],
      success: ['-|', '   =|'],
      settled: ['-|', '   =|'],
      anyFailed: ['-|', '   s'],
      noneFailed: ['-|', '   =|'],
      after: ['-|', '   s'],
    },
  ))

test('retry: while it waits for its delay it holds no slot', () =>
  shows(
    { concurrency: 1 },
    [{ id: 'a', retry: { attempts: 3, delayMs: 0 } }, { id: 'b' }],
    {
      a: [['--#', '-#', '-|'], '==#~~~=#~~=|'],
      b: ['----|          ', 'ww====|'],
    },
    { error: busy },
  ))

test('retry: not after the last attempt, and the dependents are skipped then', () =>
  shows(
    {},
    [
      { id: 'a', retry: { attempts: 2, delayMs: 0 } },
      { id: 'b', dependencies: ['a'] },
    ],
    {
      a: ['-#   ', '=#~~=#'],
      b: ['-|   ', '     s'],
    },
    { error: busy },
  ))

test('fallback: the dependents start when the last attempt has failed', () =>
  shows(
    {},
    [
      { id: 'a', fallback: 1 },
      { id: 'b', dependencies: ['a'] },
    ],
    {
      a: ['--#', '==|'],
      b: ['-|', '  =|'],
    },
  ))

test('timeoutMs: an attempt that takes longer fails, and its slot is free', () =>
  shows({ concurrency: 1 }, [{ id: 'a', timeoutMs: 3 }, { id: 'b' }], {
    a: ['-------|', '===#'],
    b: ['--|     ', 'www==|'],
  }))

test('timeoutMs of the run: cancels what runs and what waits', () =>
  shows({ concurrency: 1, timeoutMs: 4 }, [{ id: 'a' }, { id: 'b' }, { id: 'c', dependencies: ['b'] }], {
    a: ['-------|', '====!'],
    b: ['--|     ', 'wwww!'],
    c: ['--|     ', '    s'],
  }))

test('priority: the best goes first, then the order of the list', () =>
  shows(
    { concurrency: 1 },
    [{ id: 'a' }, { id: 'low', priority: 'low' }, { id: 'b' }, { id: 'high', priority: 'high' }, { id: 'best', priority: 'critical' }],
    {
      best: ['--|', '==|'],
      high: ['--|', 'ww==|'],
      a: ['   --|', 'wwww==|'],
      b: ['   --|', 'wwwwww==|'],
      low: ['-|', 'wwwwwwww=|'],
    },
  ))

test('pools: a full pool holds back its own, and others pass', () =>
  shows({ concurrency: 3, pools: { disk: 1 } }, [{ id: 'a', pool: 'disk' }, { id: 'b', pool: 'disk' }, { id: 'c' }], {
    a: ['---|', '===|'],
    b: ['--|', 'www==|'],
    c: ['----|', '====|'],
  }))

test('pools: so many a second', () =>
  shows(
    { concurrency: 9, pools: { api: { perSecond: 250 } } },
    [
      { id: 'a', pool: 'api' },
      { id: 'b', pool: 'api' },
      { id: 'c', pool: 'api' },
    ],
    {
      a: ['-|', '=|'],
      b: ['-|', 'wwww=|'],
      c: ['-|', 'wwwwwwww=|'],
    },
  ))

test('weight: one that does not fit is passed as often as there are slots, then slots are kept for it', () =>
  shows({ concurrency: 2 }, [{ id: 'a' }, { id: 'wide', weight: 2 }, { id: 'b' }, { id: 'c' }, { id: 'd' }, { id: 'e' }], {
    a: ['-----|', '=====|'],
    wide: ['--|', 'wwwww==|'],
    b: ['-|', '=|'],
    c: ['-|', 'w=|'],
    d: ['-|', 'wwwwwww=|'],
    e: ['-|', 'wwwwwww=|'],
  }))

/** Runs operations in virtual time while something is done to the run. */
function during(
  make: (scheduler: VirtualTimeScheduler) => readonly Operation[],
  act: (scheduler: VirtualTimeScheduler) => { readonly options: RunOptions; readonly leaveAt?: number },
): readonly BatchEvent[] {
  const scheduler = new VirtualTimeScheduler()
  const events: BatchEvent[] = []
  const { options, leaveAt } = act(scheduler)
  const subscription = runBatch(make(scheduler), { scheduler, seed: 1, ...options }).subscribe((event) => events.push(event))
  if (leaveAt !== undefined) scheduler.schedule(() => subscription.unsubscribe(), leaveAt)
  scheduler.flush()
  return events
}

/** One that lasts so long; its teardown says so when it is aborted. */
const lasting = (scheduler: VirtualTimeScheduler, id: string, ms: number, aborted?: (id: string) => void): Operation =>
  operation(
    id,
    () =>
      new Observable((subscriber) => {
        let ended = false
        const timer = scheduler.schedule(() => {
          ended = true
          subscriber.complete()
        }, ms)
        return () => {
          timer.unsubscribe()
          if (!ended) aborted?.(id)
        }
      }),
  )

test('cancel: aborts what runs and cancels what waits', () => {
  const events = during(
    (scheduler) => [lasting(scheduler, 'a', 9), lasting(scheduler, 'b', 2), lasting(scheduler, 'c', 9)],
    (scheduler) => {
      const controller = new AbortController()
      scheduler.schedule(() => controller.abort(), 4)
      return { options: { signal: controller.signal, concurrency: 1 } }
    },
  )
  assert.equal(timeline(events), {
    a: '====!',
    b: 'wwww!',
    c: 'wwww!',
  })
})

test('unsubscribe: aborts what runs, and nothing more is reported or starts', () => {
  const aborted: string[] = []
  const events = during(
    (scheduler) => ['a', 'b', 'c'].map((id) => lasting(scheduler, id, 3, (which) => aborted.push(`${which} at ${scheduler.now()}`))),
    () => ({ options: { concurrency: 1 }, leaveAt: 4 }),
  )
  assert.equal(timeline(events), { a: '===|', b: 'www', c: 'w' })
  assert.equal(aborted, ['b at 4'])
})

test('a limit that changes in flight: raising it starts more at once, 0 lets running ones end and starts none', () => {
  const events = during(
    (scheduler) => ['a', 'b', 'c', 'd', 'e'].map((id) => lasting(scheduler, id, 4)),
    (scheduler) => {
      const limit$ = new Subject<number>()
      const limits = { 0: 1, 2: 3, 3: 0, 8: 2 }
      for (const [at, limit] of Object.entries(limits)) if (at !== '0') scheduler.schedule(() => limit$.next(limit), Number(at))
      const concurrency = new Observable<number>((subscriber) => {
        subscriber.next(limits[0])
        return limit$.subscribe(subscriber)
      })
      return { options: { concurrency } }
    },
  )
  assert.equal(timeline(events), {
    a: '====|',
    b: 'ww====|',
    c: 'ww====|',
    d: 'wwwwwwww====|',
    e: 'wwwwwwww====|',
  })
})

test('grace: a body that ignores its abort counts as failed after graceMs; its slot stays taken until it ends', () => {
  let end = (): void => undefined
  const events = during(
    (scheduler) => [
      operation('deaf', () => ({ then: (resolve: (value: number) => void) => void (end = () => resolve(1)) }), { timeoutMs: 2 }),
      lasting(scheduler, 'b', 2),
    ],
    (scheduler) => {
      scheduler.schedule(() => end(), 8)
      return { options: { concurrency: 1, graceMs: 3 } }
    },
  )
  assert.equal(timeline(events), {
    deaf: '=====#',
    b: 'wwwwwwww==|',
  })
  assert.is(events.find((event) => event.type === 'operation-failed')?.detached, true)
})

test('grace: the run ends without a body that never does', () => {
  const events = during(
    () => [operation('deaf', () => ({ then: () => undefined }), { timeoutMs: 2 })],
    () => ({ options: { graceMs: 3 } }),
  )
  assert.equal(timeline(events), { deaf: '=====#' })
  assert.is(events.at(-1)?.type, 'run-finished')
  assert.is(events.at(-1)?.at, 5)
})

test.run()

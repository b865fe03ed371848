import { VirtualTimeScheduler } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../../src/engine/runBatch.js'
import { InvalidPlanError } from '../../../src/engine/invalidPlanError.js'
import { operation } from '../../../src/model/code/createOperation.js'
import type { BatchEvent, EventOfType } from '../../../src/model/event.js'
import { OperationFailure } from '../../../src/model/operationError.js'
import { workerLost, type PlacedAttempt, type Performer } from '../../../src/model/performer.js'
import { heldOperations } from '../../../src/testing/heldOperations.js'
import { storyLine } from '../../../src/testing/storyLine.js'

const test = suite('performElsewhere')

/** What an attempt does, in virtual ms: it is placed, then gives a value, fails, or is lost. */
interface Course {
  readonly placedAfter?: number
  readonly endsAfter?: number
  readonly lost?: true
  readonly value?: unknown
  readonly error?: unknown
}

function scene(
  courses: Readonly<Record<string, Course | readonly Course[]>>,
  takes: Performer['takes'] = ({ place }) => place !== undefined,
) {
  const scheduler = new VirtualTimeScheduler()
  const attempts: PlacedAttempt[] = []
  const aborted: string[] = []
  const performer: Performer = {
    takes,
    perform(attempt, { placed, signal }) {
      attempts.push(attempt)
      const written = courses[attempt.id] ?? {}
      const course = Array.isArray(written) ? (written[attempt.attempt - 1] as Course) : (written as Course)
      const { placedAfter = 0, endsAfter = 0, lost, value, error } = course
      return later((give, fail) => {
        signal.addEventListener('abort', () => {
          aborted.push(attempt.key)
          fail(new Error('aborted'))
        })
        scheduler.schedule(() => placed('w1'), placedAfter)
        if (endsAfter === Infinity) return
        scheduler.schedule(() => {
          if (lost) fail(new OperationFailure(workerLost('w1', attempt.repeatable)))
          else if (error !== undefined) fail(error)
          else give(value ?? null)
        }, placedAfter + endsAfter)
      })
    },
  }
  const held = heldOperations()
  const run = (plan: unknown, { seen, ...more }: { readonly seen?: () => void; readonly [option: string]: unknown } = {}) => {
    if (seen !== undefined) scheduler.schedule(seen, 7)
    const events: BatchEvent[] = []
    let failure: unknown
    runBatch(plan as never, { operations: held.operations, performer, scheduler, seed: 1, runId: 'r', ...more }).subscribe({
      next: (event) => events.push(event),
      error: (error: unknown) => (failure = error),
    })
    scheduler.flush()
    return { events, failure, story: events.map(storyLine) }
  }
  return { run, attempts, aborted, held, flush: () => scheduler.flush() }
}

/** A promise that calls back at once. */
function later<A>(work: (give: (value: A) => void, fail: (error: unknown) => void) => void): PromiseLike<A> {
  let settled: { readonly value: A } | { readonly error: unknown } | undefined
  const hearers: (() => void)[] = []
  const settle = (end: typeof settled): void => {
    if (settled !== undefined) return
    settled = end
    for (const hear of hearers) hear()
  }
  work(
    (value) => settle({ value }),
    (error) => settle({ error }),
  )
  return {
    then: (give, fail) =>
      later((giveNext, failNext) => {
        const hear = (): void => {
          try {
            if ('value' in settled!) giveNext((give ? give(settled.value) : settled.value) as never)
            else if (fail) giveNext(fail(settled!.error) as never)
            else failNext(settled!.error)
          } catch (thrown) {
            failNext(thrown)
          }
        }
        if (settled === undefined) hearers.push(hear)
        else hear()
      }),
  }
}

const place = 'any'
const hold = (id: string, more: object = {}): object => ({ id, type: 'test.hold', place, ...more })
const of = <T extends BatchEvent['type']>(events: readonly BatchEvent[], type: T): readonly EventOfType<T>[] =>
  events.filter((event): event is EventOfType<T> => event.type === type)

test('hands an attempt over as data, with its key and its encoded params', () => {
  const { run, attempts, held } = scene({})
  run([hold('a', { params: { note: { $literal: 1 } }, timeoutMs: 50 })])
  assert.equal(attempts, [
    {
      key: 'r/a/1',
      runId: 'r',
      id: 'a',
      attempt: 1,
      type: 'test',
      operation: 'hold',
      place: 'any',
      params: { note: 1 },
      secrets: [],
      timeoutMs: 50,
      repeatable: false,
    },
  ])
  assert.equal(held.started(), [])
})

test('says when it is placed; the queue counts as waiting and not as work', () => {
  const { run } = scene({ a: { placedAfter: 30, endsAfter: 5, value: 1 } })
  const { events, story } = run([hold('a')])
  assert.equal(story, ['0 run-started', '0 ready a', '0 started a#1', '30 placed a#1 at w1', '35 succeeded a', '35 run-finished'])
  assert.is(of(events, 'attempt-placed')[0]!.queuedMs, 30)
  const [end] = of(events, 'operation-succeeded')
  assert.equal([end!.durationMs, end!.waitedMs], [5, 30])
  assert.is(of(events, 'run-finished')[0]!.summary.workMs, 5)
})

test('timeoutMs runs from there, not from the queue', () => {
  const { run } = scene({ a: { placedAfter: 1_000, endsAfter: 9, value: 1 }, b: { placedAfter: 1_000, endsAfter: Infinity } })
  const { story } = run([hold('a', { timeoutMs: 10 }), hold('b', { timeoutMs: 10 })])
  assert.ok(story.includes('1009 succeeded a'))
  assert.ok(story.includes('1010 failed b'), story.join('\n'))
})

test('an attempt that ends in the queue has done no work', () => {
  const stop = new AbortController()
  const { run, aborted, held } = scene({ a: { placedAfter: 1_000_000, endsAfter: Infinity } })
  const { events } = run([hold('a'), { id: 'b', type: 'test.hold' }], {
    signal: stop.signal,
    seen: () => {
      held.succeed('b')
      stop.abort()
    },
  })
  assert.equal(aborted, ['r/a/1'])
  const [end] = of(events, 'operation-cancelled')
  assert.equal([end!.durationMs, end!.waitedMs, end!.attempts], [0, 7, 1])
  assert.is(of(events, 'run-finished')[0]!.summary.workMs, 7)
})

test('one that was lost with its worker has one further attempt, if it may be done twice', () => {
  const { run, attempts } = scene({ a: [{ endsAfter: 5, lost: true }, { value: 1 }] })
  const { story } = run([hold('a', { repeatable: true })])
  assert.equal(story.slice(3), [
    '0 placed a#1 at w1',
    '5 attempt-failed a#1, again in 0',
    '5 started a#2',
    '5 placed a#2 at w1',
    '5 succeeded a',
    '5 run-finished',
  ])
  assert.equal(
    attempts.map(({ key }) => key),
    ['r/a/1', 'r/a/2'],
  )
})

test('that attempt is beyond the policy, and there is one', () => {
  const lost: Course = { lost: true }
  const rows: readonly (readonly [Course[], object, number, string])[] = [
    [[lost, lost], { repeatable: true }, 2, 'failed'],
    [[lost, { error: new Error('no') }, lost, {}], { repeatable: true, retry: { attempts: 2, delayMs: 0 } }, 3, 'failed'],
    [[{ error: new Error('no') }, lost, {}], { repeatable: true, retry: { attempts: 2, delayMs: 0 } }, 3, 'succeeded'],
    [[lost, lost, {}], { repeatable: true, retry: { attempts: 2, delayMs: 0 } }, 3, 'succeeded'],
    [[lost, {}], { repeatable: true, retry: 1 }, 2, 'succeeded'],
    [[lost, {}], {}, 1, 'failed'],
    [[lost, {}], { retry: 5 }, 1, 'failed'],
  ]
  for (const [course, more, count, end] of rows) {
    const { run, attempts } = scene({ a: course })
    const { story } = run([hold('a', more)])
    assert.is(attempts.length, count, JSON.stringify(more))
    assert.ok(story.at(-2)!.endsWith(`${end} a`), story.join('\n'))
  }
})

test('one that may not be done twice says that it may have had its effect', () => {
  const { run } = scene({ a: { lost: true } })
  const [failed] = of(run([hold('a')]).events, 'operation-failed')
  assert.is(
    failed!.error.message,
    'The worker w1 was lost during this attempt, and its effect is unknown. Check it, then retry; "repeatable": true retries it automatically.',
  )
  assert.is(failed!.error.retryable, false)
})

test('functions, and operations without a place, are performed here', () => {
  const { run, attempts, held } = scene({})
  const { events } = run([operation('f', () => 7), { id: 'a', type: 'test.hold' }, hold('b')])
  assert.equal(held.started(), ['a'])
  assert.equal(
    attempts.map(({ id }) => id),
    ['b'],
  )
  assert.ok(of(events, 'operation-succeeded').some(({ id, value }) => id === 'f' && value === 7))
})

test('a performer may take what has no place too', () => {
  const { run, attempts } = scene({}, () => true)
  run([{ id: 'a', type: 'test.hold' }])
  assert.is(attempts.length, 1)
})

test('defaults give a place, "here" takes it back; items have the place of their whole', () => {
  const { run, attempts, held } = scene({})
  const each = { id: 'c', type: 'test.hold', each: [1, 2], params: { note: { $item: '' } } }
  run({ defaults: { place: 'gpu' }, operations: [hold('a', { place: 'here' }), { id: 'b', type: 'test.hold' }, each] })
  assert.equal(held.started(), ['a'])
  assert.equal(
    attempts.map(({ id, place: at }) => `${id} ${at}`),
    ['b gpu', 'c[0] gpu', 'c[1] gpu'],
  )
})

test('references are resolved before it is handed over, and its value goes to others', () => {
  const { run, attempts } = scene({ a: { value: { deep: 5 } } })
  run([hold('a'), hold('b', { params: { note: { $ref: 'a.deep' } } })])
  assert.equal(attempts[1]!.params, { note: 5 })
})

test('secrets are handed over, and named so that they can be masked there', () => {
  process.env['PLACED_SPEC_SECRET'] = 'hunter2-hunter2'
  const { run, attempts } = scene({ a: { value: 'it said hunter2-hunter2' } })
  const { events } = run([hold('a', { params: { note: { $secret: 'PLACED_SPEC_SECRET' } } })])
  assert.equal([attempts[0]!.params, attempts[0]!.secrets], [{ note: 'hunter2-hunter2' }, ['hunter2-hunter2']])
  assert.is(of(events, 'operation-succeeded')[0]!.value, 'it said [secret]')
})

test('of the secrets of other operations those of the run are named, and those that stand in its params', () => {
  process.env['PLACED_SPEC_SECRET'] = 'hunter2-hunter2'
  const { run, attempts } = scene({ b: { value: { password: 'correct-horse', token: 'battery-staple', note: 'x' } } })
  run([
    hold('a', { params: { note: { $secret: 'PLACED_SPEC_SECRET' } } }),
    hold('b', { dependencies: ['a'] }),
    hold('c', { params: { note: { deep: [{ $template: 'log in with {{b.password}}' }] } } }),
    hold('d', { params: { note: { $ref: 'b.note' } } }),
  ])
  assert.equal(
    attempts.map(({ id, secrets }) => [id, [...secrets].sort()]),
    [
      ['a', ['hunter2-hunter2']],
      ['b', ['hunter2-hunter2']],
      ['c', ['correct-horse', 'hunter2-hunter2']],
      ['d', ['hunter2-hunter2']],
    ],
  )
})

test('a plan with a place is refused when nobody performs elsewhere, before any effect', () => {
  const { run, held } = scene({})
  const { failure, events } = run([{ id: 'x', type: 'test.hold' }, hold('a'), hold('b')], { performer: undefined })
  assert.instance(failure, InvalidPlanError)
  assert.is(
    (failure as Error).message,
    'The plan has one fault:\noperations[1]: this operation needs a worker (any), as do 1 more, and this run has none.\n' +
      'Name their queue (millrace run --on redis://HOST), run everything here (--here), or remove the place.',
  )
  assert.equal([events, held.started()], [[], []])
})

test('a place that is no name is a fault of the plan', () => {
  const { run } = scene({})
  for (const bad of ['', 'a b', '-x', 'a:b', 'x'.repeat(65), 5]) assert.instance(run([hold('a', { place: bad })]).failure, InvalidPlanError)
})

test('an undo that the plan gives is done where the operation was; without one it cannot be undone', async () => {
  const undo = { type: 'test.hold', params: { note: 'back' } }
  const { run, attempts, flush } = scene({ bad: { placedAfter: 9, error: new Error('no') } })
  const plan = { onFailure: 'rollback', operations: [hold('a', { undo }), hold('b'), hold('bad', { dependencies: ['a', 'b'] })] }
  const { events } = run(plan)
  // An undo is a promise.
  for (let turn = 0; turn < 50; turn++) {
    await new Promise((resolve) => setImmediate(resolve))
    flush()
  }
  assert.equal(
    attempts.map(({ key, params }) => [key, params]),
    [
      ['r/a/1', {}],
      ['r/b/1', {}],
      ['r/bad/1', {}],
      ['r/a/undo', { note: 'back' }],
    ],
  )
  assert.equal(of(events, 'run-finished')[0]!.summary.rollback, { undone: 1, failed: [], notUndoable: ['b', 'bad'] })
})

test.run()

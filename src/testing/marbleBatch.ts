// testing: doubles and marbles for tests of batches.
import { Observable, tap, VirtualTimeScheduler } from 'rxjs'
import { TestScheduler } from 'rxjs/testing'
import type { RunOptions } from '../engine/options.js'
import { runBatch } from '../engine/runBatch.js'
import { closed } from '../model/codec/closed.js'
import { anyJson } from '../model/codec/values.js'
import type { BatchEvent } from '../model/event.js'
import { operationRegistry, type AnyOperationType } from '../model/operationType.js'
import type { Plan, PlanOperation } from '../model/plan.js'
import { storyLine } from './storyLine.js'

/** A plan in which an operation needs no type: marbles say what its attempts do. */
export interface MarblePlan extends Omit<Plan, 'operations' | 'returns'> {
  readonly operations: readonly MarbleOperation[]
}

/** An operation of a marble plan. Ids are plain text: the plan is checked when it runs. */
export interface MarbleOperation extends Omit<Partial<PlanOperation>, 'id' | 'dependencies'> {
  readonly id: string
  readonly dependencies?: readonly string[]
}

/** The values of the marbles, and the options of the run. */
export interface MarbleOptions extends Pick<RunOptions, 'concurrency' | 'seed' | 'graceMs' | 'cleanupMs'> {
  /** The value of a letter. Default: the letter. */
  readonly values?: Readonly<Record<string, unknown>>
  /** What `#` throws. Default: an error that says so. */
  readonly error?: unknown
}

/** A run in virtual time. */
export interface MarbleRun {
  readonly events: readonly BatchEvent[]
  /** A line an event, with its virtual ms: `0 ready a`, `0 started a#1`, `2 succeeded a`. */
  readonly story: readonly string[]
}

/**
 * Runs a batch in virtual time, each attempt as a marble diagram says, and returns its events and its story.
 *
 * One dash is one ms; `10ms ` is ten; `--a|` succeeds with the value of `a` after 3 ms; `--#` fails after 2; a diagram without end never
 * ends by itself, but is stopped by a timeout or cancel. One text applies to every start of an operation; a list applies to the starts in
 * turn, its last one to all that follow: the next attempt, or the same one again after a server asked to wait. A service is ready with its
 * first value: `--r`. An operation that is not named succeeds at once. Everything runs synchronously: work that needs promises, such as
 * `operation.each`, does not work here. Throws what the run errors with.
 *
 * @example
 * ```ts
 * import { marbleBatch } from 'millrace/testing'
 * const { story } = marbleBatch({ operations: [{ id: 'a' }, { id: 'b', dependencies: ['a'] }] }, { a: '--|', b: '-#' })
 * story
 * // => [
 * //   '0 run-started', '0 ready a', '0 started a#1', '2 succeeded a',
 * //   '2 ready b', '2 started b#1', '3 attempt-failed b#1', '3 failed b', '3 run-finished',
 * // ]
 * ```
 * @see {@link heldOperations} to end attempts one by one
 * @since 0.1.0
 */
export function marbleBatch(
  plan: MarblePlan,
  attempts: Readonly<Record<string, string | readonly string[]>>,
  options: MarbleOptions = {},
): MarbleRun {
  const { values, error = new Error('The marbles say so.'), ...rest } = options
  const scheduler = new VirtualTimeScheduler()
  const events: BatchEvent[] = []
  const failures: unknown[] = []
  const starts = new Map<string, number>()

  const marble: AnyOperationType = {
    type: 'test',
    operation: 'marble',
    summary: 'Does what a marble diagram says.',
    params: closed('params of test.marble', {}, { note: anyJson }),
    result: anyJson,
    effects: () => ({}),
    perform(_params: never, { id }) {
      const start = starts.get(id) ?? 0
      starts.set(id, start + 1)
      return played(diagramOf(attempts, id, start), { values, error }, scheduler)
    },
  }
  const service: AnyOperationType = {
    ...marble,
    params: closed('params of test.marble', {}, { note: anyJson, ready: anyJson }),
    perform: (params: never, context) => tap((value) => context.ready(value))(marble.perform(params, context) as Observable<unknown>),
  }
  const operations = plan.operations.map((each) => ({ type: 'test', operation: 'marble', ...each }))
  const run = runBatch({ ...plan, operations }, { operations: operationRegistry([{ ...marble, service }]), scheduler, seed: 1, ...rest })
  run.subscribe({ next: (event) => events.push(event), error: (thrown: unknown) => failures.push(thrown) })
  scheduler.flush()
  if (failures.length > 0) throw failures[0]
  return { events, story: events.map(storyLine) }
}

function diagramOf(attempts: Readonly<Record<string, string | readonly string[]>>, id: string, start: number): string {
  const told = Object.hasOwn(attempts, id) ? attempts[id]! : '|'
  return typeof told === 'string' ? told : (told[start] ?? told.at(-1) ?? '|')
}

/** An observable that plays a diagram from when it is subscribed to: composing one from timers would not keep equal times in order. */
function played(
  diagram: string,
  { values, error }: { readonly values: Readonly<Record<string, unknown>> | undefined; readonly error: unknown },
  scheduler: VirtualTimeScheduler,
): Observable<unknown> {
  const messages = parsed(diagram, values, error)
  return new Observable((subscriber) => {
    for (const { frame, notification } of messages)
      subscriber.add(
        scheduler.schedule(() => {
          if (notification.kind === 'N') subscriber.next(notification.value)
          else if (notification.kind === 'E') subscriber.error(notification.error)
          else subscriber.complete()
        }, frame),
      )
  })
}

// RxJS counts ten ms a dash unless its own test helpers are at work, which set it to one for their time in the same way.
function parsed(
  diagram: string,
  values: Readonly<Record<string, unknown>> | undefined,
  error: unknown,
): ReturnType<typeof TestScheduler.parseMarbles> {
  const { frameTimeFactor } = TestScheduler
  TestScheduler.frameTimeFactor = 1
  try {
    return TestScheduler.parseMarbles(diagram, values, error, undefined, true)
  } finally {
    TestScheduler.frameTimeFactor = frameTimeFactor
  }
}

import { Observable } from 'rxjs'
import { runBatch } from '../engine/runBatch.js'
import { closed } from '../model/codec/closed.js'
import { array } from '../model/codec/collections.js'
import { anyJson, boolean, integer, text } from '../model/codec/values.js'
import { noEffects } from '../model/effects.js'
import type { BatchEvent, EventOfType } from '../model/event.js'
import { OperationFailure } from '../model/operationError.js'
import { operationRegistry, type OperationRegistry, type OperationType } from '../model/operationType.js'
import type { Performer } from '../model/performer.js'

/** One promise that every performer must keep. `run` rejects with an error that says how it was broken. */
export interface PerformerCase {
  readonly name: string
  readonly run: () => Promise<void>
}

/** A performer under test, with at least one worker for `any` that has the operations it was made with. */
export interface PerformerUnderTest {
  readonly performer: Performer
  readonly close: () => PromiseLike<void>
}

/**
 * The contract of a performer as cases for any test runner: one case for each promise of `Performer`.
 *
 * `make` is called once for each case. Its workers can be in other processes; those in this process must have the given operations, because
 * the cases look at what was performed.
 *
 * @example
 * ```ts
 * import { memoryPerformer, performerCases } from 'millrace/testing'
 * const cases = performerCases(async (operations) => ({ performer: memoryPerformer({ operations }), close: async () => undefined }))
 * for (const { run } of cases) await run()
 * cases.length // => 8
 * ```
 * @see {@link memoryPerformer} which is one
 * @since 0.2.0
 */
export function performerCases(make: (operations: OperationRegistry) => PromiseLike<PerformerUnderTest>): readonly PerformerCase[] {
  const named = (name: string, check: (scene: Scene) => Promise<void>): PerformerCase => ({ name, run: () => withScene(make, check) })
  return [
    named('gives the value that its operation gives here', async ({ run }) => {
      const give = { text: 'ä\u0000"', list: [1, null, { deep: [true] }], __proto__x: 0.1 }
      const [end] = ends(await run([{ id: 'a', type: 'probe.do', place: 'any', params: { give } }]))
      equal(end?.type === 'operation-succeeded' ? end.value : end, { give }, 'the value')
    }),
    named('hands on output, progress and events in order, and before the end', async ({ run }) => {
      const events = await run([{ id: 'a', type: 'probe.do', place: 'any', params: { say: ['one\n', 'two\n'] } }])
      const told = events.flatMap((event) => {
        if (event.type === 'operation-output') return [`${event.stream} ${event.text}`]
        if (event.type === 'operation-progress') return [`progress ${event.fraction} ${event.message}`]
        return event.type === 'operation-emitted' ? [`${event.name} ${JSON.stringify(event.data)}`] : []
      })
      const text = told.filter((line) => line.startsWith('stdout')).map((line) => line.slice('stdout '.length))
      equal(text.join(''), 'one\ntwo\n', 'the output')
      equal(
        told.filter((line) => !line.startsWith('stdout')),
        ['progress 0.5 half', 'noted {"n":1}'],
        'what was reported',
      )
      equal(events.at(-2)?.type, 'operation-succeeded', 'the event before the last')
    }),
    named('says once that an attempt is placed, after its start and before all that it does', async ({ run }) => {
      const events = await run([{ id: 'a', type: 'probe.do', place: 'any', params: { say: ['x'] } }])
      const types = events.flatMap((event) => ('id' in event ? [event.type] : []))
      equal(types.slice(0, 3), ['operation-ready', 'attempt-started', 'attempt-placed'], 'the first events')
      equal(types.filter((type) => type === 'attempt-placed').length, 1, 'how often it is placed')
    }),
    named('hands on a failure with its type and its fields', async ({ run }) => {
      const [end] = ends(await run([{ id: 'a', type: 'probe.do', place: 'any', params: { fail: true } }]))
      const { type, message, retryable, exitCode } = (end?.type === 'operation-failed' ? end.error : {}) as Record<string, unknown>
      equal(
        { type, message, retryable, exitCode },
        { type: 'exit-code', message: 'It failed.', retryable: false, exitCode: 3 },
        'the error',
      )
    }),
    named('performs each attempt once', async ({ run, performed }) => {
      const plan = Array.from({ length: 50 }, (_, index) => ({ id: `a${index}`, type: 'probe.do', place: 'any' }))
      const events = await run(plan)
      equal(ends(events).filter(({ type }) => type === 'operation-succeeded').length, 50, 'how many succeeded')
      equal([...performed()].sort(), plan.map(({ id }) => `${id}/1`).sort(), 'the attempts performed')
    }),
    named('retries go to it as attempts of their own', async ({ run, performed }) => {
      const retry = { attempts: 3, delayMs: 0 }
      const events = await run([{ id: 'a', type: 'probe.do', place: 'any', params: { failBefore: 3 }, retry }])
      equal(ends(events)[0]?.type, 'operation-succeeded', 'the end')
      equal(performed(), ['a/1', 'a/2', 'a/3'], 'the attempts performed')
    }),
    named('an attempt that is cancelled has ended when its operation has', async ({ run, running }) => {
      const stop = new AbortController()
      const plan = [
        { id: 'a', type: 'probe.do', place: 'any', params: { wait: true } },
        { id: 'b', type: 'probe.do', place: 'any', params: { wait: true } },
      ]
      const events = await run(plan, stop.signal, (event) => {
        if (event.type === 'attempt-placed') stop.abort()
      })
      equal(
        ends(events).map(({ type }) => type),
        ['operation-cancelled', 'operation-cancelled'],
        'the ends',
      )
      equal(running(), 0, 'bodies that still run')
    }),
    named('a value of more than 1 MiB is a typed error, in params and in results', async ({ run }) => {
      const large = 'x'.repeat(1_100_000)
      const events = await run([
        { id: 'a', type: 'probe.do', place: 'any', params: { give: large } },
        { id: 'b', type: 'probe.do', place: 'any', params: { giveBytes: 1_100_000 } },
      ])
      for (const end of ends(events)) equal(end.type === 'operation-failed' && end.error.type, 'too-large', `the error of ${end.id}`)
    }),
  ]
}

interface Scene {
  readonly run: (plan: readonly object[], signal?: AbortSignal, see?: (event: BatchEvent) => void) => Promise<readonly BatchEvent[]>
  /** `id/attempt`, in the order their bodies began. */
  readonly performed: () => readonly string[]
  /** How many bodies run. */
  readonly running: () => number
}

async function withScene(
  make: (operations: OperationRegistry) => PromiseLike<PerformerUnderTest>,
  check: (scene: Scene) => Promise<void>,
): Promise<void> {
  const { operations, performed, running } = probe()
  const { performer, close } = await make(operations)
  const run: Scene['run'] = (plan, signal, see) =>
    new Promise((resolve, reject) => {
      const events: BatchEvent[] = []
      const options = { operations, performer, ...(signal !== undefined && { signal }) }
      runBatch(plan as Parameters<typeof runBatch>[0], options).subscribe({
        next(event) {
          events.push(event)
          see?.(event)
        },
        error: reject,
        complete: () => resolve(events),
      })
    })
  try {
    await check({ run, performed, running })
  } finally {
    await close()
  }
}

const Params = closed(
  'parameters of probe.do',
  {},
  {
    give: anyJson,
    giveBytes: integer({ minimum: 0 }),
    say: array(text()),
    fail: boolean,
    failBefore: integer({ minimum: 1 }),
    wait: boolean,
  },
)

function probe() {
  const performed: string[] = []
  let running = 0
  const type: OperationType<typeof Params._A, unknown> = {
    type: 'probe',
    operation: 'do',
    summary: 'Does what a test asks for.',
    params: Params,
    result: anyJson,
    effects: noEffects,
    perform: ({ give, giveBytes, say = [], fail, failBefore = 0, wait }, context) => {
      performed.push(`${context.id}/${context.attempt}`)
      for (const piece of say) context.output('stdout', piece)
      if (say.length > 0) {
        context.progress(0.5, 'half')
        context.emit('noted', { n: 1 })
      }
      if (fail || context.attempt < failBefore)
        throw new OperationFailure({ type: 'exit-code', message: 'It failed.', retryable: fail !== true, exitCode: 3 })
      if (wait)
        return untilLeft(
          () => running++,
          () => running--,
        )
      return giveBytes === undefined ? { give: give ?? null } : 'x'.repeat(giveBytes)
    },
  }
  return { operations: operationRegistry([type]), performed: () => performed, running: () => running }
}

function untilLeft(begin: () => void, end: () => void): Observable<unknown> {
  return new Observable(() => {
    begin()
    return end
  })
}

function ends(events: readonly BatchEvent[]): readonly EventOfType<'operation-succeeded' | 'operation-failed' | 'operation-cancelled'>[] {
  return events.flatMap((event) =>
    event.type === 'operation-succeeded' || event.type === 'operation-failed' || event.type === 'operation-cancelled' ? [event] : [],
  )
}

function equal(received: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [JSON.stringify(received), JSON.stringify(expected)]
  if (got !== wanted) throw new Error(`${what}: expected ${wanted}, received ${got}.`)
}

import { map, throwError } from 'rxjs'
import { left } from 'fp-ts/lib/Either.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../src/engine/runBatch.js'
import type { BatchEvent } from '../../src/model/event.js'
import type { OperationRegistry } from '../../src/model/operationType.js'
import type { AttemptContext } from '../../src/model/work.js'
import { toNdjson } from '../../src/operators/toNdjson.js'
import { heldOperations } from '../../src/testing/heldOperations.js'

const test = suite('faults of operations and of those who listen')

/** `test.hold` with a body of its own. */
function bodies(perform: (context: AttemptContext) => unknown): OperationRegistry {
  const hold = heldOperations().operations.get('test.hold')!
  return new Map([['test.hold', { ...hold, perform: (_params, context) => perform(context) }]])
}

const refuses = (): never => {
  throw new Error('do not touch')
}
const revoked = Proxy.revocable({}, {})
revoked.revoke()
const circle: Record<string, unknown> = { name: 'circle' }
circle['itself'] = circle
const circularError = new Error('round')
circularError.cause = { error: circularError }

/** What a body may throw, however odd. */
const oddities: Readonly<Record<string, unknown>> = {
  undefined: undefined,
  null: null,
  'a text': 'oops',
  'a number': Number.NaN,
  'a bigint': 10n,
  'a symbol': Symbol('odd'),
  'a function': refuses,
  'a circle': circle,
  'an error in a circle': circularError,
  'a frozen error': Object.freeze(new Error('cold')),
  'an object without prototype': Object.assign(Object.create(null) as object, { a: 1 }),
  'an object with getters that throw': Object.defineProperties({}, { type: { get: refuses }, message: { get: refuses, enumerable: true } }),
  'an error whose message throws': Object.defineProperty(new Error('x'), 'message', { get: refuses }),
  'an error whose message is no text': Object.defineProperty(new Error('x'), 'message', { value: { deep: Symbol('no text') } }),
  'something that looks like an error of an operation': { type: 'timeout', message: 5, retryable: 'perhaps' },
  'a proxy that refuses everything': new Proxy({}, { get: refuses, has: refuses, ownKeys: refuses, getPrototypeOf: refuses }),
  'a revoked proxy': revoked.proxy,
}

/** The ways for it to come out. */
const ways: Readonly<Record<string, (odd: unknown) => unknown>> = {
  'is thrown': (odd) => {
    throw odd
  },
  'is a rejection': (odd) => Promise.reject(odd as Error),
  'is the error of an observable': (odd) => throwError(() => odd),
  'is a Left': (odd) => () => Promise.resolve(left(odd)),
}

for (const [what, odd] of Object.entries(oddities))
  for (const [how, way] of Object.entries(ways))
    for (const secret of [false, true])
      test(`${what} that ${how} is a failed operation${secret ? ', also where secrets are looked for' : ''}`, async () => {
        const operations = bodies(({ id }) => (id === 'odd' ? way(odd) : 1))
        const params = secret ? { note: { password: 'a secret text' } } : {}
        const plan = [
          { id: 'odd', type: 'test', operation: 'hold', params },
          { id: 'other', type: 'test', operation: 'hold' },
        ]
        const lines: string[] = []
        const events: BatchEvent[] = []
        const run = runBatch(plan, { operations })
        await new Promise<void>((resolve, reject) =>
          run.subscribe({ next: (event) => events.push(event), complete: resolve, error: reject }),
        )
        await new Promise<void>((resolve, reject) =>
          run.pipe(toNdjson()).subscribe({ next: (line) => lines.push(line), complete: resolve, error: reject }),
        )
        const failed = events.find((event) => event.type === 'operation-failed')
        assert.is(failed?.error.type, 'thrown')
        assert.type(failed?.error.message, 'string')
        assert.is(failed?.error.retryable, true)
        const last = events.at(-1)
        assert.equal(last?.type === 'run-finished' && last.summary.counts, { total: 2, succeeded: 1, failed: 1, skipped: 0, cancelled: 0 })
        for (const line of lines) JSON.parse(line)
        assert.is(lines.length, events.length)
      })

test('an operation may give a value that nobody can read, also where secrets are looked for', async () => {
  for (const odd of Object.values(oddities)) {
    const operations = bodies(() => odd)
    const events: BatchEvent[] = []
    for await (const event of runBatch([{ type: 'test', operation: 'hold', params: { note: { password: 'a secret text' } } }], {
      operations,
    }))
      events.push(event)
    assert.is(events.at(-1)?.type, 'run-finished')
  }
})

/** Runs something whose errors RxJS reports to the process, and gives those. */
async function reported(perform: () => void): Promise<readonly unknown[]> {
  const errors: unknown[] = []
  const hear = (error: unknown): void => void errors.push(error)
  process.on('uncaughtException', hear)
  perform()
  await new Promise((resolve) => setTimeout(resolve, 10)) // They come in a timer of their own.
  process.off('uncaughtException', hear)
  return errors
}

test('a subscriber that throws at every event breaks nothing, and each of its errors is reported', async () => {
  const held = heldOperations()
  const seen: string[] = []
  const errors = await reported(() => {
    runBatch([{ id: 'a', type: 'test', operation: 'hold' }], { operations: held.operations }).subscribe((event) => {
      seen.push(event.type)
      throw new Error(event.type)
    })
    held.succeed('a')
  })
  assert.equal(seen, ['run-started', 'operation-ready', 'attempt-started', 'operation-succeeded', 'run-finished'])
  assert.equal(
    errors.map((error) => (error as Error).message),
    seen,
  )
})

test('an operator that throws ends its own subscription, and with it the run it had asked for', async () => {
  const held = heldOperations()
  const operations = held.operations
  let heard: unknown
  const others: string[] = []
  const errors = await reported(() => {
    const run = runBatch(
      [
        { id: 'a', type: 'test', operation: 'hold' },
        { id: 'b', type: 'test', operation: 'hold' },
      ],
      { operations },
    )
    run.pipe(map(({ type }) => (type === 'attempt-started' ? refuses() : type))).subscribe({ error: (error: unknown) => (heard = error) })
    assert.equal(held.running(), [], 'the body that had been told to begin has been told to stop')
    run.subscribe((event) => others.push(event.type))
    held.succeed('a')
    held.succeed('b')
  })
  assert.is((heard as Error).message, 'do not touch')
  assert.is(others.at(-1), 'run-finished')
  assert.equal(errors, [])
})

test.run()

import { firstValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch, type PlanInput } from '../../../src/engine/runBatch.js'
import type { RunOptions } from '../../../src/engine/options.js'
import type { BatchEvent } from '../../../src/model/event.js'
import type { OperationRegistry } from '../../../src/model/operationType.js'
import type { Summary } from '../../../src/model/summary.js'
import type { AttemptContext } from '../../../src/model/work.js'
import { heldOperations } from '../../../src/testing/heldOperations.js'

const test = suite('secrets of a run')
const secret = 'canary-4f7a93b1'
const name = 'MILLRACE_SPEC_SECRET'

test.before(() => {
  process.env[name] = secret
})
test.after(() => {
  delete process.env[name]
})

/** `test.hold` with a body of its own. */
function bodies(perform: (context: AttemptContext, params: unknown) => unknown): OperationRegistry {
  const hold = heldOperations().operations.get('test.hold')!
  return new Map([['test.hold', { ...hold, perform: (params, context) => perform(context, params) }]])
}

const hold = (id: string, rest: object = {}): { id: string; type: string; operation: string } => ({
  id,
  type: 'test',
  operation: 'hold',
  ...rest,
})
const given = { params: { note: { $secret: name } } }

const eventsOf = (plan: PlanInput, options: RunOptions): Promise<readonly BatchEvent[]> =>
  firstValueFrom(runBatch(plan, options).pipe(toArray()))

function summaryOf(events: readonly BatchEvent[]): Summary {
  const last = events.at(-1)
  assert.is(last?.type, 'run-finished')
  return (last as Extract<BatchEvent, { readonly type: 'run-finished' }>).summary
}

const outputOf = (events: readonly BatchEvent[], id: string, from: 'stdout' | 'stderr' = 'stdout'): string =>
  events.flatMap((event) => (event.type === 'operation-output' && event.id === id && event.stream === from ? [event.text] : [])).join('')

test('are hidden from its start, also in what is told before the operation that is given them', async () => {
  const operations = bodies(({ id }, params) => (id === 'first' ? `it is ${secret}` : [id, params].length))
  const events = await eventsOf([hold('first'), hold('second', { dependencies: ['first'], ...given })], { operations })
  assert.not.ok(JSON.stringify(events).includes(secret))
  assert.equal(
    events.flatMap((event) => (event.type === 'operation-succeeded' ? [event.value] : [])),
    ['it is [secret]', 2],
  )
})

test('of undos, and of fields named so, are hidden from its start', async () => {
  const operations = bodies(() => ['of the undo: canary-undo-1, under a name: canary-name-2, deep: canary-deep-3', secret])
  const later = {
    dependencies: ['first'],
    params: { note: { password: 'canary-name-2', list: [{ token: ['canary-deep-3'] }], ref: { $ref: 'first' } } },
    undo: { type: 'test', operation: 'hold', params: { note: { token: 'canary-undo-1', other: { $secret: name } } } },
  }
  const events = await eventsOf([hold('first'), hold('second', later)], { operations })
  const first = events.find((event) => event.type === 'operation-succeeded')
  assert.equal(first?.value, ['of the undo: [secret], under a name: [secret], deep: [secret]', '[secret]'])
})

test('leave the output of an operation without any whole: its held-back end is told when it ends', async () => {
  const operations = bodies((context) => {
    if (context.id === 'printer') {
      context.output('stdout', 'the end is canar')
      context.output('stderr', 'c')
    }
    return 1
  })
  const events = await eventsOf([hold('other', given), hold('printer')], { operations })
  assert.is(outputOf(events, 'printer'), 'the end is canar')
  assert.is(outputOf(events, 'printer', 'stderr'), 'c')
  const ends = events.findIndex((event) => event.type === 'operation-succeeded' && event.id === 'printer')
  assert.ok(events.findLastIndex((event) => event.type === 'operation-output') < ends, 'before its end')
})

test('leave the output whole of each attempt, and of one that is cancelled', async () => {
  const stopping = new AbortController()
  const operations = bodies((context) => {
    context.output('stdout', `${context.attempt}ca`)
    if (context.id === 'failing') throw new Error('no')
    stopping.abort()
    return 1
  })
  const plan = { concurrency: 1, operations: [hold('failing', { retry: { attempts: 2, delayMs: 0 }, ...given }), hold('ended', { when: 'settled', dependencies: ['failing'] })] } // prettier-ignore
  const events = await eventsOf(plan, { operations, signal: stopping.signal })
  assert.is(outputOf(events, 'failing'), '1ca2ca')
  assert.is(outputOf(events, 'ended'), '1ca')
})

test('are in none of the root causes, not even one that came before the secret was known', async () => {
  let known = ''
  const operations = bodies(({ id }) => {
    if (id === 'early') throw new Error('canary-later-9 is refused')
    return id === 'maker' ? (known = 'canary-later-9') : known.length
  })
  const plan = [hold('early'), hold('maker', { dependencies: [] }), hold('user', { params: { note: { token: { $ref: 'maker' } } } })]
  const events = await eventsOf(plan, { operations, concurrency: 1 })
  assert.is(summaryOf(events).rootCauses[0]?.error.message, 'Error: [secret] is refused')
})

test('are not in the error of a source, in the one of a journal, or in the words of a signal', async () => {
  function* source(): Generator<object> {
    yield hold('a', given)
    throw new Error(`source: ${secret}`)
  }
  const operations = bodies(() => 1)
  const failedSource = summaryOf(await eventsOf(source() as Iterable<ReturnType<typeof hold>>, { operations, concurrency: 1 }))
  assert.is(failedSource.stoppedBy?.type === 'source' && failedSource.stoppedBy.error.message, 'Error: source: [secret]')

  const journal = { append: () => undefined, flush: () => Promise.reject(new Error(`disk: ${secret}`)), holdsGates: true, stopsRun: true }
  const events = await eventsOf([hold('a', given), hold('b', { dependencies: ['a'] })], { operations, journal })
  const { stoppedBy } = summaryOf(events)
  assert.is(stoppedBy?.type, 'journal')
  assert.not.ok(JSON.stringify(events).includes(secret))

  const stopping = new AbortController()
  const waits = bodies(() => new Promise(() => stopping.abort(`because of ${secret}`)))
  const stopped = await eventsOf([hold('a', given)], { operations: waits, signal: stopping.signal, graceMs: 0 })
  assert.not.ok(JSON.stringify(stopped).includes(secret))
  assert.equal(summaryOf(stopped).stoppedBy, { type: 'signal', message: 'because of [secret]' })
})

test('do not change what operations without any give: a date, a map, an instance of a class', async () => {
  class Account {
    readonly name = 'mill'
  }
  const value = { date: new Date(0), map: new Map([['a', 1]]), account: new Account() }
  const events = await eventsOf([hold('a', given)], { operations: bodies(() => value) })
  assert.is(events.find((event) => event.type === 'operation-succeeded')?.value, value)
})

test('may be thrown in an error that goes round in a circle: the run ends, and shows none', async () => {
  const operations = bodies(() => {
    const request: Record<string, unknown> = { headers: { authorization: `Bearer ${secret}` } }
    const response: Record<string, unknown> = { request }
    request['res'] = response
    throw Object.assign(new Error('status 500'), { response })
  })
  const events = await eventsOf([hold('a', given)], { operations })
  const failed = events.find((event) => event.type === 'operation-failed')
  const { response } = failed!.error.cause as { response: { request: { headers: unknown; res: unknown } } }
  assert.equal(response.request.headers, { authorization: '[secret]' })
  assert.is(response.request.res, response)
})

test('of the environment are remembered by a stream however many operations come after, those of one operation not', async () => {
  const many = 21_000
  function* source(): Generator<ReturnType<typeof hold>> {
    yield hold('first', given)
    for (let n = 0; n < many; n++) yield hold(`op${n}`, { params: { note: { token: `canary-one-${n}` } } })
  }
  const operations = bodies(({ id }) => (id === `op${many - 1}` ? [secret, 'canary-one-0', `canary-one-${many - 10_000}`] : 1))
  const events = await eventsOf(source(), { operations })
  const last = events.findLast((event) => event.type === 'operation-succeeded')
  assert.equal(last?.value, ['[secret]', 'canary-one-0', '[secret]'])
})

test('of single operations are all remembered in a plan, which has an end', async () => {
  const many = 11_000
  const plan = Array.from({ length: many }, (_, n) => hold(`op${n}`, { params: { note: { token: `canary-one-${n}` } } }))
  const operations = bodies(({ id }) => (id === `op${many - 1}` ? 'canary-one-0' : 1))
  const events = await eventsOf(plan, { operations })
  assert.is(events.findLast((event) => event.type === 'operation-succeeded')?.value, '[secret]')
})

test.run()

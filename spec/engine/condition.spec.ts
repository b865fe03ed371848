import { lastValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { BatchEvent } from '../../src/model/event.js'
import { runBatch } from '../../src/engine/runBatch.js'
import { doubleOperations } from '../support/doubleOperations.js'
import { edgesOf, faultsOf } from '../support/graphs.js'

const test = suite('operations with if')

const eventsOf = (plan: unknown): Promise<BatchEvent[]> => lastValueFrom(runBatch(plan, { operations: doubleOperations }).pipe(toArray()))

async function endsOf(plan: unknown): Promise<{ readonly [id: string]: string }> {
  const events = await eventsOf(plan)
  return Object.fromEntries(
    events.flatMap((event): readonly (readonly [string, string])[] => {
      if (event.type === 'operation-succeeded') return [[event.id, 'succeeded']]
      if (event.type === 'operation-failed') return [[event.id, event.error.message]]
      return event.type === 'operation-skipped' ? [[event.id, `${event.reason} ${event.because.join()}`]] : []
    }),
  )
}

const source = { id: 'a', type: 'test.echo', params: { value: { name: 'x', list: [1, { b: 2 }], none: null } } }
const given = (condition: object, settings: object = {}): readonly object[] => [
  source,
  { id: 'c', type: 'test.echo', params: { value: 1 }, if: condition, ...settings },
]

const rows: readonly (readonly [condition: object, holds: boolean])[] = [
  [{ $ref: 'a.name', is: 'x' }, true],
  [{ $ref: 'a.name', is: 'y' }, false],
  [{ $ref: 'a.name', not: 'x' }, false],
  [{ $ref: 'a.name', not: 'y' }, true],
  [{ $ref: 'a.name', in: ['w', 'x'] }, true],
  [{ $ref: 'a.name', in: [] }, false],
  [{ $ref: 'a.list', is: [1, { b: 2 }] }, true],
  [{ $ref: 'a.list', is: [1, { b: 2, c: 3 }] }, false],
  [{ $ref: 'a.list', is: [1] }, false],
  [{ $ref: 'a.list[0]', is: 1 }, true],
  [{ $ref: 'a.list[0]', is: '1' }, false],
  [{ $ref: ['a', 'none'], is: null }, true],
  [{ $ref: 'a.missing', default: 'd', is: 'd' }, true],
  [{ $ref: 'a.name', default: 'd', is: 'd' }, false],
  [{ $input: 'target', is: 'web' }, true],
  [{ $input: 'target', not: 'web' }, false],
]
for (const [condition, holds] of rows)
  test(`${JSON.stringify(condition)} ${holds ? 'holds' : 'does not hold'}`, async () => {
    const ends = await endsOf({ inputs: { target: 'web' }, operations: given(condition) })
    assert.is(ends['c'], holds ? 'succeeded' : 'gate ')
  })

const compared: readonly (readonly [condition: object, words: string])[] = [
  [{ $ref: 'a.name', is: 'y' }, 'a.name is "x", not "y"'],
  [{ $ref: 'a.name', not: 'x' }, 'a.name is "x"'],
  [{ $ref: 'a.name', in: ['v', 'w'] }, 'a.name is "x", none of ["v","w"]'],
  [{ $ref: 'a.list[0]', is: '1' }, 'a.list[0] is 1 (number), not "1" (text)'],
  [{ $ref: 'a.list', is: 1 }, 'a.list is [1,{"b":2}], not 1 (number)'],
  [{ $ref: 'a.missing', default: true, is: 'true' }, 'a.missing is true (boolean), not "true" (text)'],
  [{ $input: 'target', not: 'web' }, 'the input target is "web"'],
  [{ $input: 'token', is: 'guess' }, 'the input token is hidden'],
]
for (const [condition, words] of compared)
  test(`${JSON.stringify(condition)} says what it compared`, async () => {
    const events = await eventsOf({ inputs: { target: 'web', token: 'hunter2hunter2' }, operations: given(condition) })
    const skipped = events.find((event) => event.type === 'operation-skipped')
    assert.is(skipped?.condition, words)
  })

test('a secret is not shown by what was compared with it', async () => {
  const events = await eventsOf({
    inputs: { token: 'hunter2hunter2' },
    operations: [
      { id: 'a', type: 'test.echo', params: { value: { said: { $input: 'token' } } } },
      { id: 'c', type: 'test.echo', params: { value: 1 }, if: { $ref: 'a.said', is: 'x' } },
    ],
  })
  assert.not.match(JSON.stringify(events), 'hunter2')
  assert.ok(events.some((event) => event.type === 'operation-skipped' && event.condition !== undefined))
})

test('are skipped by their own condition, which leaves the run ok', async () => {
  const events = await eventsOf([
    ...given({ $ref: 'a.name', is: 'y' }),
    { id: 'needs', type: 'test.echo', params: { value: { $ref: 'c' } } },
    { id: 'joins', type: 'test.echo', dependencies: ['c'], when: 'none-failed' },
  ])
  const skipped = events.flatMap((event) =>
    event.type === 'operation-skipped' ? [`${event.id} ${event.reason} ${event.because.join()}`] : [],
  )
  assert.equal(skipped, ['c gate ', 'needs gate c'])
  const last = events.at(-1)
  assert.ok(last?.type === 'run-finished' && last.summary.ok)
})

test('a value that is not there is a failure, unless there is a default', async () => {
  const ends = await endsOf(given({ $ref: 'a.missing', is: 1 }))
  assert.is(
    ends['c'],
    'if: the reference "a.missing" has no value: the result of "a" has no such key.\nRefer to a value that is always present, or add a "default".',
  )
})

test('a condition is a reference: it is an edge, needs success, and is checked with the plan', () => {
  assert.equal(edgesOf(given({ $ref: 'a.name', is: 1 })), ['a>c reference'])
  assert.match(faultsOf(given({ $ref: 'b.name', is: 1 })).join(), 'operations[1].if.$ref: no operation is called "b".')
  assert.match(faultsOf(given({ $ref: 'a', is: 1 }, { when: 'settled' })).join(), 'Add a "default" to the reference')
  const read = { id: 'a', type: 'file.read', params: { path: 'x' } }
  assert.match(faultsOf([read, given({ $ref: 'a.contnet', is: 1 })[1]]).join(), 'Did you mean "content"?')
})

const wrong: readonly (readonly [condition: object, text: string])[] = [
  [{ is: 1 }, 'operations[1].if: expected a condition on one value'],
  [{ $ref: 'a', $input: 'b', is: 1 }, 'expected a condition on one value'],
  [{ $ref: 'a' }, 'expected a condition with one of "is", "not" and "in"'],
  [{ $ref: 'a', is: 1, not: 2 }, 'expected a condition with one of'],
  [{ $ref: 'a', in: 1 }, 'operations[1].if.in: expected a list'],
  [{ $ref: 'a', equals: 1 }, 'there is no field "equals" here'],
  [{ $input: 'nobody', is: 1 }, 'this plan has no inputs'],
]
for (const [condition, text] of wrong)
  test(`refuses ${JSON.stringify(condition)}`, () => assert.match(faultsOf(given(condition)).join(), text))

test('with each it is judged once, before the list', async () => {
  const each = { each: [1, 2], params: { value: { $item: '' } } }
  assert.equal(await endsOf(given({ $ref: 'a.name', is: 'y' }, each)), { a: 'succeeded', c: 'gate ' })
  assert.equal(Object.keys(await endsOf(given({ $ref: 'a.name', is: 'x' }, each))), ['a', 'c[0]', 'c[1]', 'c'])
})

test('of an operation that fails by its condition the fallback is taken', async () => {
  assert.is((await endsOf(given({ $ref: 'a.missing', is: 1 }, { fallback: 0 })))['c'], 'succeeded')
})

test.run()

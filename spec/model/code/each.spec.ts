import { lastValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { operation, runBatch, valueOf, type BatchEvent, type Operation } from '../../../src/index.js'

const test = suite('operation.each')

const list = operation('list', () => ['mill', 'race', 'run'])

const run = (...operations: readonly Operation[]): Promise<readonly BatchEvent[]> =>
  lastValueFrom(runBatch([list, ...operations]).pipe(toArray()))
const summaryOf = (events: readonly BatchEvent[]) => {
  const last = events.at(-1)!
  if (last.type !== 'run-finished') throw new Error('The run has no summary.')
  return last.summary
}
const refuse = (item: string): string => {
  if (item === 'race') throw new Error('no water')
  return item
}

test('the function gets the item, what it needs, and the place of the item', async () => {
  const end = operation('end', () => '!')
  const loud = operation.each('loud', list, { end }, (item, given, { index, id }) => `${id} ${index} ${item}${given.end}`)
  assert.equal(await lastValueFrom(runBatch([list, end, loud]).pipe(valueOf(loud))), [
    'loud[0] 0 mill!',
    'loud[1] 1 race!',
    'loud[2] 2 run!',
  ])
})

test('a fallback is taken for the item that failed, not for the whole', async () => {
  const kept = operation.each('kept', list, refuse, { fallback: 'none' })
  assert.equal(await lastValueFrom(runBatch([list, kept]).pipe(valueOf(kept))), ['mill', 'none', 'run'])
})

test('each item is tried again by itself', async () => {
  const tries = new Map<string, number>()
  const flaky = operation.each(
    'flaky',
    list,
    (item) => {
      tries.set(item, (tries.get(item) ?? 0) + 1)
      return tries.get(item) === 1 ? refuse(item) : item
    },
    { retry: { attempts: 2, delayMs: 0 } },
  )
  assert.equal(await lastValueFrom(runBatch([list, flaky]).pipe(valueOf(flaky))), ['mill', 'race', 'run'])
  assert.equal([...tries.values()], [1, 2, 1])
})

test('with settle the whole succeeds, with the outcome of each item', async () => {
  const settled = operation.each('settled', list, refuse, { settle: true })
  const outcomes = await lastValueFrom(runBatch([list, settled]).pipe(valueOf(settled)))
  assert.equal(
    outcomes.map((outcome) => (outcome.type === 'failed' ? outcome.error.message : outcome.type)),
    ['succeeded', 'Error: no water', 'succeeded'],
  )
})

test('a label stands in the id of its item, behind the place that makes it unique', async () => {
  const named = operation.each('named', list, refuse, { label: (item) => `${item}[1]\n` })
  const ids = (await run(named)).flatMap((event) => (event.type === 'operation-ready' && event.parent !== undefined ? [event.id] : []))
  assert.equal(ids, ['named[0: mill 1]', 'named[1: race 1]', 'named[2: run 1]'])
  const long = operation.each('long', list, refuse, { label: () => 'x'.repeat(300) })
  const longIds = (await run(long)).flatMap((event) => (event.type === 'operation-ready' && event.parent !== undefined ? [event.id] : []))
  assert.ok(longIds.every((id) => id.length === 128))
})

test('the failures are those of the items: the whole is no root cause beside them', async () => {
  const whole = operation.each('whole', list, refuse)
  const after = operation('after', { whole }, () => 1)
  const events = await run(whole, after)
  assert.equal(
    summaryOf(events).rootCauses.map(({ id }) => id),
    ['whole[1]'],
  )
  const skipped = events.find((event) => event.type === 'operation-skipped')
  assert.equal(skipped?.type === 'operation-skipped' && skipped.because, ['whole[1]'])
  const failed = events.find((event) => event.type === 'operation-failed' && event.id === 'whole')
  assert.is(
    failed?.type === 'operation-failed' && failed.error.message,
    '1 of 3 items did not succeed; the first is "whole[1]": Error: no water',
  )
})

test('what gives no list fails the whole, and says so', async () => {
  const one = operation('one', () => 5) as unknown as Operation<readonly number[]>
  const each = operation.each('each', one, (item) => item)
  const events = await lastValueFrom(runBatch([one, each]).pipe(toArray()))
  assert.equal(
    summaryOf(events).rootCauses.map(({ error }) => error.message),
    ['"one" did not return a list of items.\nReturn a list from it.'],
  )
})

const untyped = operation.each as unknown as (...given: readonly unknown[]) => unknown
const mistakes: readonly [what: string, mistake: () => unknown, text: string][] = [
  [
    'a list for the operation that gives it',
    () => untyped('e', [1, 2], () => 1),
    'operation.each("e"): items: expected the operation that returns the list, received a list of 2. Make it one: operation("items", () => [...]).',
  ],
  [
    'the function first',
    () => untyped('e', () => 1, list),
    'operation.each("e"): 2 faults.\nitems: expected the operation that returns the list, received a function.\nperform: expected a function, received the operation "list". Give the operations it needs before the function: operation(id, { name: needed }, ({ name }) => …).',
  ],
  ['no function', () => untyped('e', list), 'operation.each("e"): perform: expected a function, received nothing.'],
  [
    'a misspelt setting',
    () => untyped('e', list, () => 1, { setle: true }),
    'operation.each("e"): settings.setle: there is no "setle" here. Did you mean "settle"?',
  ],
  [
    'a text for a label',
    () => untyped('e', list, () => 1, { label: 'x' }),
    'operation.each("e"): settings.label: expected a function, received "x".',
  ],
]
for (const [what, mistake, text] of mistakes)
  test(`${what} is told by the call`, () =>
    assert.throws(mistake, (error: Error) => (assert.ok(error.message.startsWith(text), error.message), true)))

test.run()

import * as E from 'fp-ts/lib/Either.js'
import { from, lastValueFrom, toArray, firstValueFrom } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { InvalidPlanError } from '../../src/engine/invalidPlanError.js'
import { runBatch } from '../../src/engine/runBatch.js'
import { closed } from '../../src/model/codec/closed.js'
import { text, integer } from '../../src/model/codec/values.js'
import { operation } from '../../src/model/code/createOperation.js'
import { defineOperation } from '../../src/model/code/defineOperation.js'
import type { Operation } from '../../src/model/code/operation.js'
import { refer } from '../../src/model/code/reference.js'
import type { BatchEvent } from '../../src/model/event.js'
import { heldOperations } from '../../src/testing/heldOperations.js'

const test = suite('operations made in code')

async function eventsOf(operations: readonly unknown[], settings: object = {}): Promise<readonly BatchEvent[]> {
  const plan: unknown = { operations, ...settings }
  return firstValueFrom(runBatch(plan).pipe(toArray()))
}

async function valuesOf(operations: readonly Operation[], settings: object = {}): Promise<Record<string, unknown>> {
  const events = await eventsOf(operations, settings)
  return Object.fromEntries(events.flatMap((event) => (event.type === 'operation-succeeded' ? [[event.id, event.value]] : [])))
}

async function* counted(): AsyncGenerator<number> {
  yield await Promise.resolve(1)
  yield 2
}

test('give what their work comes to, whatever form it has', async () => {
  const values = await valuesOf([
    operation('plain', () => 1),
    operation('promise', () => Promise.resolve('p')),
    operation('observable', () => from(['a', 'b'])),
    operation('iterable', () => counted()),
    operation('task', () => () => Promise.resolve(E.right(true))),
  ])
  assert.equal(values, { plain: 1, promise: 'p', observable: 'b', iterable: 2, task: true })
})

test('an operation that is returned runs nowhere, so it is a failure, not a value', async () => {
  const returned = operation('returned', () => 1)
  const ways: readonly (() => unknown)[] = [() => returned, () => Promise.resolve(returned)]
  for (const perform of ways) {
    const failed = (await eventsOf([operation('maker', perform)])).find((event) => event.type === 'operation-failed')
    assert.is(
      failed?.error.message,
      'TypeError: It returned the operation "returned", which does not run it. Add it to the list, and let others need it.',
    )
  }
})

test('are given the values of the operations they need', async () => {
  const list = operation('list', () => [3, 4])
  const name = operation('name', () => 'n')
  const total = operation('total', { list, name }, ({ list, name }) => `${name}${list.reduce((a, b) => a + b, 0)}`)
  assert.equal(await valuesOf([total, list, name]), { list: [3, 4], name: 'n', total: 'n7' })
})

test('are given outcomes when they start whatever became of the others', async () => {
  const bad = operation('bad', () => {
    throw new Error('no')
  })
  const after = operation('after', { bad }, ({ bad }) => bad.type, { when: 'settled' })
  assert.equal(await valuesOf([bad, after]), { after: 'failed' })
})

test('are skipped when what they need failed', async () => {
  const bad = operation('bad', () => () => Promise.resolve(E.left('no')))
  const events = await eventsOf([bad, operation('after', { bad }, () => 1)])
  const skipped = events.find((event) => event.type === 'operation-skipped')
  assert.equal(skipped?.because, ['bad'])
})

test('each runs once an item, in the order of the list, with a parent and at concurrency 1', async () => {
  const words = operation('words', () => ['mill', 'race', 'wheel'])
  const lengths = operation.each('lengths', words, (word) => Promise.resolve(word.length))
  const sum = operation('sum', { lengths }, ({ lengths }) => lengths.reduce((a, b) => a + b, 0))
  const events = await eventsOf([words, lengths, sum], { concurrency: 1 })
  const items = events.flatMap((event) =>
    event.type === 'operation-succeeded' && event.parent === 'lengths' ? [[event.id, event.value]] : [],
  )
  assert.equal(items, [
    ['lengths[0]', 4],
    ['lengths[1]', 4],
    ['lengths[2]', 5],
  ])
  const last = events.at(-1)
  assert.is(last?.type === 'run-finished' && last.summary.counts.total, 6)
  assert.is(events.flatMap((event) => (event.type === 'operation-succeeded' && event.id === 'sum' ? [event.value] : []))[0], 13)
})

test('each lets the other items end before it fails', async () => {
  const list = operation('list', () => [1, 2, 3])
  const odd = operation.each('odd', list, (n) => {
    if (n === 2) throw new Error('two is even')
    return n
  })
  const events = await eventsOf([list, odd])
  const failed = events.flatMap((event) => (event.type === 'operation-failed' ? [[event.id, event.error.message]] : []))
  assert.equal(failed, [
    ['odd[1]', 'Error: two is even'],
    ['odd', '1 of 3 items did not succeed; the first is "odd[1]": Error: two is even'],
  ])
  assert.is(events.filter((event) => event.type === 'operation-succeeded').length, 3)
})

test('each tries its items again, one by one', async () => {
  let tries = 0
  const list = operation('list', () => ['a'])
  const flaky = operation.each(
    'flaky',
    list,
    (item) => {
      if (++tries < 3) throw new Error('again')
      return item
    },
    { retry: { attempts: 3, delayMs: 1 } },
  )
  assert.equal((await valuesOf([list, flaky]))['flaky'], ['a'])
})

test('an operation type is a builder whose params may refer to other operations', async () => {
  const repeat = defineOperation({
    type: 'word',
    operation: 'repeat',
    summary: 'Repeats a word.',
    params: closed('params of word.repeat', { word: text(), times: integer({ minimum: 0 }) }, {}),
    result: text(),
    perform: ({ word, times }) => word.repeat(times),
  })
  const source = operation('source', () => ({ word: 'ab', times: 2 }))
  const twice = repeat('twice', { word: refer(source, 'word'), times: refer(source, 'times') })
  const values = await lastValueFrom(from(valuesOf([source, twice, repeat('once', { word: { $template: '{{source.word}}!' }, times: 1 })])))
  assert.is(values['twice'], 'abab')
  assert.is(values['once'], 'ab!')
})

test('may take their context apart', async () => {
  const events = await eventsOf([operation('a', ({ output, progress, emit }) => (output('stdout', 'hi'), progress(0.5), emit('named', 1)))])
  assert.equal(events.map(({ type }) => type).slice(3, 6), ['operation-output', 'operation-progress', 'operation-emitted'])
})

test('stand in one batch with operations of a plan', async () => {
  const held = heldOperations()
  const first = operation('first', () => 1)
  const second = { id: 'second', type: 'test', operation: 'hold', params: { note: { $ref: 'first' } } }
  const run = firstValueFrom(runBatch([first, second], { operations: held.operations }).pipe(toArray()))
  assert.equal(held.paramsOf('second'), { note: 1 })
  held.succeed('second')
  assert.is((await run).at(-1)?.type, 'run-finished')
})

test('that need what is not in the batch are a fault of it', async () => {
  const elsewhere = operation('elsewhere', () => 1)
  const error: unknown = await eventsOf([operation('here', { elsewhere }, () => 2)]).catch((thrown: unknown) => thrown)
  assert.instance(error, InvalidPlanError)
  assert.equal(
    (error as InvalidPlanError).faults.map(({ type, at }) => ({ type, at })),
    [{ type: 'unknown-id', at: ['operations', 0] }],
  )
})

test('with an id that no plan could name are refused where they are made', () => {
  assert.throws(
    () => operation('a=b', () => 1),
    (error: Error) =>
      error.message ===
      '"a=b" is not an id for an operation. Give it an id of 1 to 128 characters without "=", control characters, surrounding blanks or a leading "-".',
  )
})

test.run()

import { lastValueFrom } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../src/engine/runBatch.js'
import { operation } from '../../src/model/code/createOperation.js'
import { outcomeOf } from '../../src/operators/outcomeOf.js'
import { marbles } from '../support/marbles.js'
import { events, failed, skipped, succeeded } from './events.js'

const test = suite('outcomeOf')

const [a, b, c] = events(succeeded('a', 7), failed('b'), skipped('c', 'b'))
const told = { a: a!, b: b!, c: c! }

test('tells how the operation ended as soon as it has, and completes with its source', () =>
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' a-b-c-|', told)
    const subs = '        ^-----!'
    const expected = '    ----c-|'
    expectObservable(source.pipe(outcomeOf('c'))).toBe(expected, { c: { type: 'skipped', reason: 'dependency', because: ['b'] } })
    expectSubscriptions(source.subscriptions).toBe(subs)
  }))

test('takes whatever carries an id', () =>
  marbles(({ cold, expectObservable }) => {
    const source = cold(' a-b|', told)
    const expected = '    v--|'
    expectObservable(source.pipe(outcomeOf({ id: 'a' }))).toBe(expected, { v: { type: 'succeeded', value: 7 } })
  }))

test('completes empty when no operation of that id ended', () =>
  marbles(({ cold, expectObservable }) => {
    const source = cold(' a-b|', told)
    const expected = '    ---|'
    expectObservable(source.pipe(outcomeOf('nowhere'))).toBe(expected)
  }))

test('tells a failure of a real run as an outcome', async () => {
  const broken = operation('broken', (): number => {
    throw new RangeError('no water')
  })
  const outcome = await lastValueFrom(runBatch([broken]).pipe(outcomeOf(broken)))
  assert.is(outcome.type === 'failed' && outcome.error.message, 'RangeError: no water')
})

test.run()

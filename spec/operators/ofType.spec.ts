import { suite } from 'uvu'
import { ofType } from '../../src/operators/ofType.js'
import { marbles } from '../support/marbles.js'
import { attempt, events, ready, started, succeeded } from './events.js'

const test = suite('ofType')

const [s, r, a, d] = events(started(1), ready('x'), attempt('x'), succeeded('x'))
const told = { s: s!, r: r!, a: a!, d: d! }

test('keeps the events of one type, and completes with its source', () =>
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' s-r-a-d-|', told)
    const subs = '        ^-------!'
    const expected = '    ----a---|'
    expectObservable(source.pipe(ofType('attempt-started'))).toBe(expected, told)
    expectSubscriptions(source.subscriptions).toBe(subs)
  }))

test('keeps the events of several types in their order', () =>
  marbles(({ cold, expectObservable }) => {
    const source = cold(' s-r-a-d-|', told)
    const expected = '    s-----d-|'
    expectObservable(source.pipe(ofType('operation-succeeded', 'run-started'))).toBe(expected, told)
  }))

test('passes the error of its source on', () =>
  marbles(({ cold, expectObservable }) => {
    const source = cold(' s-#', told, new RangeError('no bed'))
    const expected = '    s-#'
    expectObservable(source.pipe(ofType('run-started'))).toBe(expected, told, new RangeError('no bed'))
  }))

test.run()

import { suite } from 'uvu'
import { values } from '../../src/operators/values.js'
import { marbles } from '../support/marbles.js'
import { events, failed, spent, succeeded } from './events.js'

const test = suite('values')

test('gives the values of what succeeded, also one that is undefined', () =>
  marbles(({ cold, expectObservable }) => {
    const [a, b, c] = events(succeeded('a', [1]), failed('b'), { type: 'operation-succeeded', id: 'c', value: undefined, ...spent })
    const source = cold(' a-b-c|', { a: a!, b: b!, c: c! })
    const expected = '    a---c|'
    expectObservable(source.pipe(values())).toBe(expected, { a: { id: 'a', value: [1] }, c: { id: 'c', value: undefined } })
  }))

test.run()

import { suite } from 'uvu'
import { onlyFailed } from '../../src/operators/onlyFailed.js'
import { marbles } from '../support/marbles.js'
import { cancelled, events, failed, skipped, succeeded } from './events.js'

const test = suite('onlyFailed')

test('keeps the failures, and nothing that was skipped, cancelled or well', () =>
  marbles(({ cold, expectObservable }) => {
    const [a, b, c, d, e] = events(succeeded('a'), failed('b'), skipped('c', 'b'), cancelled('d'), failed('e'))
    const source = cold(' a-b-c-d-e|', { a: a!, b: b!, c: c!, d: d!, e: e! })
    const expected = '    --b-----e|'
    expectObservable(source.pipe(onlyFailed())).toBe(expected, { b, e })
  }))

test.run()

import { suite } from 'uvu'
import { outcomes } from '../../src/operators/outcomes.js'
import { marbles } from '../support/marbles.js'
import { attempt, broken, cancelled, events, failed, skipped, started, succeeded } from './events.js'

const test = suite('outcomes')

test('tells each of the four ways an operation can end, without what it took', () =>
  marbles(({ cold, expectObservable }) => {
    const [s, t, a, b, c, d] = events(started(4), attempt('a'), succeeded('a', 7), failed('b'), skipped('c', 'b'), cancelled('d'))
    const source = cold(' st-a-b-c-d|', { s: s!, t: t!, a: a!, b: b!, c: c!, d: d! })
    const expected = '    ---a-b-c-d|'
    expectObservable(source.pipe(outcomes())).toBe(expected, {
      a: { id: 'a', outcome: { type: 'succeeded', value: 7 } },
      b: { id: 'b', outcome: { type: 'failed', error: broken } },
      c: { id: 'c', outcome: { type: 'skipped', reason: 'dependency', because: ['b'] } },
      d: { id: 'd', outcome: { type: 'cancelled', cause: { type: 'signal', message: 'enough' } } },
    })
  }))

test.run()

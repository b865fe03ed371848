import { firstValueFrom, from, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { BatchEvent } from '../../src/model/event.js'
import { progress } from '../../src/operators/progress.js'
import { marbles } from '../support/marbles.js'
import { attempt, cancelled, events, failed, finished, skipped, started, succeeded, type Told } from './events.js'

const test = suite('progress')

const told = (...story: readonly Told[]): Promise<readonly string[]> =>
  firstValueFrom(from<readonly BatchEvent[]>(events(...story)).pipe(progress(), toArray())).then((steps) =>
    steps.map(({ ended, total, fraction, failed }) => `${ended}/${total} ${fraction} ${failed}`),
  )

test('counts every way to end, from the start of the run to its last operation', async () => {
  const steps = await told(started(4), attempt('a'), succeeded('a'), failed('b'), skipped('c', 'b'), cancelled('d'), finished())
  assert.equal(steps, ['0/4 0 0', '1/4 0.25 0', '2/4 0.5 1', '3/4 0.75 1', '4/4 1 1'])
})

test('is at its end at once for an empty plan', async () => {
  assert.equal(await told(started(0), finished()), ['0/0 1 0'])
})

test('grows with operations that are added', async () => {
  const steps = await told(started(0), { type: 'operation-added', id: 'a' }, succeeded('a'), { type: 'operation-added', id: 'b' })
  assert.equal(steps, ['0/0 1 0', '0/1 0 0', '1/1 1 0', '1/2 0.5 0'])
})

test('does not count the parts of an operation', async () => {
  const part = { ...succeeded('a[0]'), parent: 'a' }
  assert.equal(await told(started(1), part, succeeded('a')), ['0/1 0 0', '1/1 1 0'])
})

test('begins anew for each subscription', () =>
  marbles(({ cold, expectObservable }) => {
    const [s, a] = events(started(1), succeeded('a'))
    const source = cold(' s-a|', { s: s!, a: a! }).pipe(progress())
    const first = '       0-1|'
    const later = '       --0-1|'
    const steps = { 0: { ended: 0, total: 1, fraction: 0, failed: 0 }, 1: { ended: 1, total: 1, fraction: 1, failed: 0 } }
    expectObservable(source).toBe(first, steps)
    expectObservable(source, '--^').toBe(later, steps)
  }))

test.run()

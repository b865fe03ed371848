import { firstValueFrom, from, lastValueFrom, toArray } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../src/engine/runBatch.js'
import { operation } from '../../src/model/code/createOperation.js'
import { summarize } from '../../src/operators/summarize.js'
import { marbles } from '../support/marbles.js'
import { broken, events, failed, finished, skipped, spent, started, succeeded } from './events.js'

const test = suite('summarize')

test('gives the summary with every outcome, in the order in which the operations ended', async () => {
  const end = finished({ ok: false })
  const [report] = await firstValueFrom(
    from(events(started(3), failed('b'), skipped('c', 'b'), succeeded('a', 7), end)).pipe(summarize(), toArray()),
  )
  assert.equal(report, {
    ...end.summary,
    operations: [
      { id: 'b', outcome: { type: 'failed', error: broken }, ...spent },
      { id: 'c', outcome: { type: 'skipped', reason: 'dependency', because: ['b'] }, durationMs: 0, waitedMs: 0, attempts: 0 },
      { id: 'a', outcome: { type: 'succeeded', value: 7 }, ...spent },
    ],
  })
})

test('completes empty when its source ends before the run has', () =>
  marbles(({ cold, expectObservable }) => {
    const [s, a] = events(started(2), succeeded('a'))
    const source = cold(' s-a-|', { s: s!, a: a! })
    const expected = '    ----|'
    expectObservable(source.pipe(summarize())).toBe(expected)
  }))

test('collects for each subscription alone', async () => {
  const reports$ = runBatch([operation('a', () => 7)]).pipe(summarize())
  await lastValueFrom(reports$)
  const { operations } = await lastValueFrom(reports$)
  assert.equal(
    operations.map(({ id }) => id),
    ['a'],
  )
})

test.run()

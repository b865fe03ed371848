import { lastValueFrom } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../src/engine/runBatch.js'
import { operation } from '../../src/model/code/createOperation.js'
import type { Outcome } from '../../src/model/outcome.js'
import { OutcomeError, type UnsuccessfulOutcome } from '../../src/operators/outcome/outcomeError.js'
import { valueOf } from '../../src/operators/valueOf.js'
import { heldOperations } from '../../src/testing/heldOperations.js'
import { marbles } from '../support/marbles.js'
import { broken, events, failed, succeeded } from './events.js'

const test = suite('valueOf')

const [a, b] = events(succeeded('a', 7), failed('b'))
const told = { a: a!, b: b! }

test('gives the value when the run has ended, so that the first value is safe to take', () =>
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' a-b--|', told)
    const subs = '        ^----!'
    const expected = '    -----(v|)'
    expectObservable(source.pipe(valueOf('a'))).toBe(expected, { v: 7 })
    expectSubscriptions(source.subscriptions).toBe(subs)
  }))

test('errors for a failure, after the run has gone on to its end', () =>
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' b-a--|', told)
    const subs = '        ^----!'
    const expected = '    -----#'
    const error = new OutcomeError('b', { type: 'failed', error: broken })
    expectObservable(source.pipe(valueOf({ id: 'b' }))).toBe(expected, undefined, error)
    expectSubscriptions(source.subscriptions).toBe(subs)
  }))

test('errors when no operation of that id ended', () =>
  marbles(({ cold, expectObservable }) => {
    const source = cold(' a-|', told)
    const expected = '    --#'
    expectObservable(source.pipe(valueOf('c'))).toBe(expected, undefined, new OutcomeError('c', undefined))
  }))

test('passes the error of its source on', () =>
  marbles(({ cold, expectObservable }) => {
    const source = cold(' a-#', told, new RangeError('no bed'))
    const expected = '    --#'
    expectObservable(source.pipe(valueOf('a'))).toBe(expected, undefined, new RangeError('no bed'))
  }))

test('lets what else a real run has to do be done before it errors', async () => {
  const held = heldOperations()
  const hold = { type: 'test', operation: 'hold' }
  const value = lastValueFrom(
    runBatch(
      [
        { id: 'a', ...hold },
        { id: 'b', ...hold },
      ],
      { operations: held.operations },
    ).pipe(valueOf('a')),
  )
  const error = value.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  held.fail('a')
  assert.equal(held.running(), ['b'])
  held.succeed('b')
  assert.instance(await error, OutcomeError)
})

test('gives the value of an operation made in code', async () => {
  const words = operation('words', () => ['mill', 'race'])
  const text = operation('text', { words }, ({ words }) => words.join(''))
  const run = runBatch([words, text])
  assert.is(await lastValueFrom(run.pipe(valueOf(text))), 'millrace')
})

test('carries the outcome, and the first error as its cause', () => {
  const cause = new RangeError('too deep')
  const outcome: UnsuccessfulOutcome = { type: 'failed', error: { ...broken, cause } }
  const error = new OutcomeError('a', outcome)
  assert.is(error.name, 'OutcomeError')
  assert.is(error.id, 'a')
  assert.is(error.outcome, outcome)
  assert.is(error.cause, cause)
})

const wayOut = 'If it can fail, use outcomeOf("a").'

const rows: readonly (readonly [string, UnsuccessfulOutcome | undefined, readonly string[]])[] = [
  ['a failure', { type: 'failed', error: broken }, ['"a" has no value: it failed. no water', wayOut]],
  ['a dependency', skip('dependency', 'b', 'c'), ['"a" has no value: it was skipped, because of "b", "c".', wayOut]],
  [
    'many dependencies',
    skip('dependency', 'b', 'c', 'd', 'e', 'f'),
    ['"a" has no value: it was skipped, because of "b", "c", "d" and 2 more.', wayOut],
  ],
  ['its own gate', skip('gate'), ['"a" has no value: it was skipped, because its "when" did not hold.', wayOut]],
  [
    'the gate of another',
    skip('gate', 'b'),
    ['"a" has no value: it was skipped, because its "when" did not hold, or that of "b".', wayOut],
  ],
  ['a policy', skip('policy', 'b'), ['"a" has no value: it was skipped, because no more operations start after "b" failed.', wayOut]],
  ['a signal', cancel({ type: 'signal', message: 'enough' }), ['"a" has no value: it was cancelled, because the run was: enough.', wayOut]],
  [
    'the time of the run',
    cancel({ type: 'run-timeout', timeoutMs: 500 }),
    ['"a" has no value: it was cancelled, because the run took longer than 500 ms.', wayOut],
  ],
  [
    'the end of its parent',
    cancel({ type: 'parent', id: 'p' }),
    ['"a" has no value: it was cancelled, because "p", which it is part of, was stopped.', wayOut],
  ],
  [
    'a policy while it ran',
    cancel({ type: 'policy', because: ['b'] }),
    ['"a" has no value: it was cancelled, because "b" failed.', wayOut],
  ],
  [
    'no such operation',
    undefined,
    ['"a" has no value: no operation with that id ended.', 'Use an id of the plan, and let the run complete.'],
  ],
]

function skip(reason: 'dependency' | 'gate' | 'policy', ...because: readonly string[]): Extract<Outcome, { type: 'skipped' }> {
  return { type: 'skipped', reason, because }
}

function cancel(cause: Extract<Outcome, { type: 'cancelled' }>['cause']): Extract<Outcome, { type: 'cancelled' }> {
  return { type: 'cancelled', cause }
}

for (const [title, outcome, lines] of rows) {
  test(`says that ${title} is why there is no value`, () => {
    assert.is(new OutcomeError('a', outcome).message, lines.join('\n'))
  })
}

test.run()

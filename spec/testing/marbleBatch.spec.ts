import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { marbleBatch } from '../../src/testing/marbleBatch.js'

const test = suite('marbleBatch')

test('plays each attempt as its diagram says', () => {
  const { story, events } = marbleBatch({ operations: [{ id: 'a' }, { id: 'b' }] }, { a: '--x|', b: '5ms #' }, { values: { x: 42 } })
  assert.equal(story, [
    '0 run-started',
    '0 ready a',
    '0 ready b',
    '0 started a#1',
    '0 started b#1',
    '3 succeeded a',
    '5 attempt-failed b#1',
    '5 failed b',
    '5 run-finished',
  ])
  assert.is(events.flatMap((event) => (event.type === 'operation-succeeded' ? [event.value] : []))[0], 42)
})

test('takes the diagrams of a list in turn', () => {
  const { story } = marbleBatch(
    { operations: [{ id: 'a', retry: { attempts: 3, delayMs: 100 } }] },
    { a: ['-#', '--#', '---|'] },
    { seed: 7 },
  )
  assert.equal(
    story.map((line) => line.replace(/^\d+ |, again in \d+/g, '')),
    [
      'run-started',
      'ready a',
      'started a#1',
      'attempt-failed a#1',
      'started a#2',
      'attempt-failed a#2',
      'started a#3',
      'succeeded a',
      'run-finished',
    ],
  )
})

test('a diagram without end is stopped by the time limit', () => {
  const { story } = marbleBatch({ operations: [{ id: 'a', timeoutMs: 10 }] }, { a: '----' })
  assert.equal(story.slice(-3), ['10 attempt-failed a#1', '10 failed a', '10 run-finished'])
})

test('the same seed gives the same events', () => {
  const once = (): readonly unknown[] =>
    marbleBatch(
      {
        operations: [
          { id: 'a', retry: { attempts: 4, delayMs: 50 } },
          { id: 'b', dependencies: ['a'] },
        ],
      },
      { a: ['#', '-#', '|'] },
      { seed: 3 },
    ).events
  assert.equal(once(), once())
})

test('an operation that is not named succeeds at once', () => {
  assert.equal(marbleBatch({ operations: [{ id: '__proto__' }] }, {}).story.at(-2), '0 succeeded __proto__')
})

test('throws what is wrong with the plan', () => {
  assert.throws(() => marbleBatch({ operations: [{ id: 'a', dependencies: ['b'] }] }, {}), /no operation is called "b"/)
})

test.run()

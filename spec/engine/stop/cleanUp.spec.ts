import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { marbleBatch } from '../../../src/testing.js'

const test = suite('clean-up')

const plan = <S extends object>(settings?: S) => ({
  timeoutMs: 4,
  operations: [{ id: 'work' }, { id: 'next', dependencies: ['work'] }, { id: 'clean', dependencies: ['next'], when: 'settled' as const }],
  ...settings,
})

test('after the time limit of the run: abort, wait for the end, then what cleans up', () => {
  const { story } = marbleBatch(plan(), {
    work: '  ----------',
    clean: '     ---| ',
  })
  assert.equal(story, [
    '0 run-started',
    '0 ready work',
    '0 started work#1',
    '4 cancelled work: run-timeout',
    '4 skipped next: dependency work',
    '4 ready clean',
    '4 started clean#1',
    '7 succeeded clean',
    '7 run-finished',
  ])
})

test('any-failed runs too: a cancel counts as a failure', () => {
  const operations = [{ id: 'work' }, { id: 'clean', dependencies: ['work'], when: 'any-failed' as const }]
  const { story } = marbleBatch(plan({ operations }), { work: '----------', clean: '-|' })
  assert.equal(story.slice(-3), ['4 started clean#1', '5 succeeded clean', '5 run-finished'])
})

test('what cleans up and has begun before goes on', () => {
  const operations = [{ id: 'work' }, { id: 'clean', when: 'settled' as const }]
  const { story } = marbleBatch(plan({ operations }), { work: '----------', clean: '------|' })
  assert.equal(story.slice(-3), ['4 cancelled work: run-timeout', '6 succeeded clean', '6 run-finished'])
})

test('a retry of what cleans up is waited for', () => {
  const operations = [{ id: 'work' }, { id: 'clean', dependencies: ['work'], when: 'settled' as const, retry: { attempts: 2, delayMs: 0 } }]
  const { story } = marbleBatch(plan({ operations }), { work: '----------', clean: ['-#', '-|'] })
  assert.equal(story.slice(-2), ['6 succeeded clean', '6 run-finished'])
})

test('cleanupMs after the stop it is cancelled for the same cause, and so is what has not begun', () => {
  const operations = [...plan().operations, { id: 'more', dependencies: ['clean'], when: 'settled' as const }]
  const { story } = marbleBatch(plan({ operations }), { work: '----------', clean: '----------------', more: '-|' }, { cleanupMs: 6 })
  assert.equal(story.slice(-3), ['10 cancelled clean: run-timeout', '10 cancelled more: run-timeout', '10 run-finished'])
})

test('under rollback the undo comes after it', () => {
  const operations = [...plan().operations, { id: 'done' }]
  const { events } = marbleBatch(plan({ operations, onFailure: 'rollback' as const }), { work: '----------', clean: '--|', done: '-|' })
  const last = events.at(-1)
  assert.equal(
    last?.type === 'run-finished' && [last.summary.stoppedBy?.type, last.summary.counts.succeeded, last.summary.rollback?.notUndoable],
    ['run-timeout', 2, ['done', 'work', 'clean']],
  )
})

test.run()

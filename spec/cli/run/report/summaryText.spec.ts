import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { summaryText } from '../../../../src/cli/run/report/summaryText.js'
import type { TerminalEvent } from '../../../../src/model/event.js'
import { events, summaryOf, thrown } from '../../../terminal/events.js'

const test = suite('summaryText')

/** The text, read again. */
const document = (...given: Parameters<typeof summaryText>): unknown => JSON.parse([...summaryText(...given)].join(''))

const told = events(
  { type: 'operation-failed', at: 0, id: 'b', error: thrown('no'), durationMs: 2, waitedMs: 1, attempts: 3 },
  { type: 'operation-succeeded', at: 0, id: 'a', value: { path: 'x' }, durationMs: 1, waitedMs: 0, attempts: 1 },
  { type: 'operation-skipped', at: 0, id: 'c', reason: 'dependency', because: ['b'] },
  { type: 'operation-cancelled', at: 0, id: 'd', cause: { type: 'signal', message: 'm' }, durationMs: 0, waitedMs: 0, attempts: 0 },
)
// All of these are terminal.
const ends = new Map((told as readonly TerminalEvent[]).map((event) => [event.id, event]))
const operations = ['a', 'b', 'c', 'd'].map((id) => ({ id, name: 'file.read' }))

test('has the summary, and each operation as it ended, in the order of the plan', () => {
  assert.equal(document(summaryOf({}), operations, ends, undefined), {
    ...summaryOf({}),
    operations: [
      { id: 'a', name: 'file.read', outcome: 'succeeded', value: { path: 'x' }, durationMs: 1, waitedMs: 0, attempts: 1 },
      { id: 'b', name: 'file.read', outcome: 'failed', error: thrown('no'), durationMs: 2, waitedMs: 1, attempts: 3 },
      { id: 'c', name: 'file.read', outcome: 'skipped', reason: 'dependency', because: ['b'] },
      {
        id: 'd',
        name: 'file.read',
        outcome: 'cancelled',
        cause: { type: 'signal', message: 'm' },
        durationMs: 0,
        waitedMs: 0,
        attempts: 0,
      },
    ],
  })
})

test('has only the values that the plan wants back', () => {
  const { operations: told } = document(summaryOf({}), operations, ends, ['b']) as { operations: readonly object[] }
  assert.equal(told[0], { id: 'a', name: 'file.read', outcome: 'succeeded', durationMs: 1, waitedMs: 0, attempts: 1 })
})

test('parts of an operation stand behind the operations of the plan', () => {
  const [part] = events({ type: 'operation-skipped', at: 0, id: 'a[0]', parent: 'a', reason: 'gate', because: [] })
  const read = document(summaryOf({}), operations.slice(0, 1), new Map([...ends, ['a[0]', part as TerminalEvent]]), undefined)
  assert.equal((read as { operations: readonly object[] }).operations.slice(1), [
    { id: 'a[0]', parent: 'a', outcome: 'skipped', reason: 'gate', because: [] },
  ])
})

test('what else there is follows, and a run of no operations is a document too', () => {
  assert.is([...summaryText(summaryOf({}), [], new Map(), undefined)].join(''), JSON.stringify({ ...summaryOf({}), operations: [] }))
  assert.equal(document(summaryOf({}), [], new Map(), undefined, { tokens: { saved: 1 } }), {
    ...summaryOf({}),
    operations: [],
    tokens: { saved: 1 },
  })
})

test.run()

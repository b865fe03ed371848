import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { BatchEvent } from '../../../src/model/event.js'
import { titlesOf } from '../../../src/terminal/text/titles.js'

const test = suite('titles in place of ids')

const stamp = { runId: 'r', seq: 0, at: 0 }
const titles = titlesOf([
  { id: 'build', title: 'Build it' },
  { id: 'build[x]', title: 'Odd' },
  { id: 'one', title: 'Same' },
  { id: 'two', title: 'Same' },
  { id: 'plain' },
])!

test('there are none where no operation has one', () => assert.is(titlesOf([{ id: 'a' }, { id: 'b', title: undefined }]), undefined))

const shown: readonly (readonly [id: string, text: string])[] = [
  ['build', 'Build it'],
  ['build[0]', 'Build it[0]'],
  ['build[0: a[1]]', 'Build it[0: a[1]]'],
  ['build[x]', 'Odd'],
  ['build[x][1]', 'Odd[1]'],
  ['one', 'Same (one)'],
  ['two', 'Same (two)'],
  ['plain', 'plain'],
  ['plain[0]', 'plain[0]'],
]
for (const [id, text] of shown)
  test(`${id} is shown as ${text}, and known by it`, () => {
    const event = titles.event({ ...stamp, type: 'attempt-started', id, attempt: 1 })
    assert.is('id' in event && event.id, text)
    assert.is(titles.idOf(text), id)
  })

test('stand wherever an event names operations', () => {
  const named = (event: object): BatchEvent => titles.event({ ...stamp, ...event } as BatchEvent)
  const skipped = named({ type: 'operation-skipped', id: 'plain', reason: 'dependency', because: ['build', 'plain'] })
  assert.equal(skipped.type === 'operation-skipped' && skipped.because, ['Build it', 'plain'])
  const child = named({ type: 'operation-cancelled', id: 'build[0]', parent: 'build', cause: { type: 'parent', id: 'build' } })
  assert.equal(child.type === 'operation-cancelled' && [child.parent, child.cause], ['Build it', { type: 'parent', id: 'Build it' }])
  const shared = named({ type: 'operation-succeeded', id: 'plain', sharedWith: 'build' })
  assert.is(shared.type === 'operation-succeeded' && shared.sharedWith, 'Build it')
  const run = { type: 'run-started', operations: 2 }
  assert.equal(named(run), { ...stamp, ...run })
})

test('stand in the summary', () => {
  const summary = titles.summary({
    rootCauses: [{ id: 'build', blocked: 0 }],
    detached: ['one'],
    stoppedBy: { type: 'policy', because: ['build'] },
    rollback: { undone: 1, failed: ['build'], notUndoable: ['plain'] },
  } as unknown as Parameters<typeof titles.summary>[0])
  assert.equal(summary, {
    rootCauses: [{ id: 'Build it', blocked: 0 }],
    detached: ['Same (one)'],
    stoppedBy: { type: 'policy', because: ['Build it'] },
    rollback: { undone: 1, failed: ['Build it'], notUndoable: ['plain'] },
  } as unknown as typeof summary)
})

test.run()

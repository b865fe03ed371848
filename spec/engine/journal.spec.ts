import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../src/engine/runBatch.js'
import type { BatchEvent } from '../../src/model/event.js'
import type { JournalPort } from '../../src/model/journal.js'
import { heldOperations } from '../../src/testing/heldOperations.js'

const test = suite('a run with a journal')

interface Flush {
  keep(): void
  lose(): void
}

/** A journal whose flushes the test ends. */
function heldJournal(settings: Pick<JournalPort, 'holdsGates' | 'stopsRun'>): {
  port: JournalPort
  appended: BatchEvent[]
  flushes: Flush[]
} {
  const appended: BatchEvent[] = []
  const flushes: Flush[] = []
  const flush = (): Promise<void> =>
    new Promise((resolve, reject) => flushes.push({ keep: () => resolve(), lose: () => reject(new Error('disk is gone')) }))
  return { port: { ...settings, append: (event) => void appended.push(event), flush }, appended, flushes }
}

const plan = [
  { id: 'a', type: 'test', operation: 'hold' },
  { id: 'b', type: 'test', operation: 'hold', dependencies: ['a'] },
]
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('appends every event before the subscriber hears of it', () => {
  const { port, appended } = heldJournal({ holdsGates: false, stopsRun: false })
  const held = heldOperations()
  runBatch(plan, { operations: held.operations, journal: port }).subscribe((event) => assert.is(appended.at(-1), event))
  assert.is(appended.length, 3)
})

test('opens the gate behind an operation only when its end is kept', async () => {
  const { port, flushes } = heldJournal({ holdsGates: true, stopsRun: false })
  const held = heldOperations()
  runBatch(plan, { operations: held.operations, journal: port }).subscribe()
  held.succeed('a')
  assert.equal(held.running(), [])
  flushes[0]!.keep()
  await turn()
  assert.equal(held.running(), ['b'])
})

test('tells once that the journal failed, and goes on', async () => {
  const { port, flushes } = heldJournal({ holdsGates: true, stopsRun: false })
  const held = heldOperations()
  const told: string[] = []
  runBatch(plan, { operations: held.operations, journal: port }).subscribe((event) => {
    if (event.type === 'journal-failed') told.push(event.error.message)
  })
  held.succeed('a')
  flushes[0]!.lose()
  await turn()
  assert.equal(held.running(), ['b'])
  held.succeed('b')
  flushes[1]!.lose()
  await turn()
  assert.equal(told, ['Error: disk is gone'])
})

test('starts nothing more after that when it was asked to outlive a power cut', async () => {
  const { port, flushes } = heldJournal({ holdsGates: true, stopsRun: true })
  const held = heldOperations()
  const events: BatchEvent[] = []
  runBatch(plan, { operations: held.operations, journal: port }).subscribe((event) => events.push(event))
  held.succeed('a')
  flushes[0]!.lose()
  await turn()
  flushes.at(-1)!.lose()
  await turn()
  flushes.at(-1)!.lose()
  await turn()
  const skipped = events.find((event) => event.type === 'operation-skipped')
  assert.equal([skipped?.id, skipped?.reason], ['b', 'policy'])
  flushes.at(-1)!.lose()
  await turn()
  const last = events.at(-1)
  assert.is(last?.type === 'run-finished' && last.summary.ok, false)
})

test('completes only when the end of the run is kept', async () => {
  const { port, flushes } = heldJournal({ holdsGates: false, stopsRun: false })
  let completed = false
  runBatch([], { journal: port }).subscribe({ complete: () => (completed = true) })
  flushes[0]!.keep()
  await turn()
  assert.not.ok(completed)
  flushes[1]!.keep()
  await turn()
  assert.ok(completed)
})

test.run()

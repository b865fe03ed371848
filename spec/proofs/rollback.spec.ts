// @limit 2400
import fc from 'fast-check'
import { rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../src/engine/runBatch.js'
import type { BatchEvent, EventOfType } from '../../src/model/event.js'
import { standardOperations } from '../../src/operations/standard.js'
import { heldOperations } from '../../src/testing/heldOperations.js'
import type { OperationData } from '../support/checkerTranscript.js'
import { fileBatch, linkedBatch, oldTree } from '../support/randomPlanDisk.js'
import { holds } from '../support/randomPlanRuns.js'
import { snapshotOf, tempTree } from '../support/tempTree.js'

const test = suite('rollback on a disk')
const home = tempTree()

/** A member that fails in any case, somewhere in the batch. */
const failing: OperationData = { id: 'failing', type: 'file', operation: 'read', params: { path: 'nowhere/at/all' }, when: 'settled' }

async function broken(operations: readonly OperationData[], place: number, concurrency: number): Promise<readonly string[]> {
  const root = oldTree(home)
  const before = snapshotOf(root)
  const batch = operations.toSpliced(place % (operations.length + 1), 0, failing)
  const events: BatchEvent[] = []
  const plan: unknown = { operations: batch, concurrency, onFailure: 'rollback' }
  for await (const event of runBatch(plan, { operations: standardOperations({ root }) })) events.push(event)
  const found: string[] = []
  for (const event of events) if (event.type === 'undo-failed') found.push(`"${event.id}" was not undone: ${event.error.message}`)
  const finished = events.at(-1)
  if (finished?.type !== 'run-finished' || finished.summary.rollback === undefined) found.push(`nothing was rolled back: ${finished?.type}`)
  const after = snapshotOf(root)
  if (!isDeepStrictEqual(after, before)) found.push(`it leaves ${JSON.stringify(after)}, and found ${JSON.stringify(before)}`)
  rmSync(root, { recursive: true })
  return found.length === 0 ? [] : [...found, JSON.stringify(batch)]
}

test('leaves the tree as it was: bytes, modes and kinds, whatever the batch and whichever member fails', () =>
  holds(fc.tuple(fileBatch, fc.nat(), fc.integer({ min: 1, max: 12 })), 150, ([operations, place, concurrency]) =>
    broken(operations, place, concurrency),
  ))

test('leaves the tree as it was, one at a time, also where a link leads to a file of the batch', () =>
  holds(fc.tuple(linkedBatch, fc.nat()), 50, ([operations, place]) => broken(operations, place, 1)))

test('leaves alone what somebody else has changed since, and says so', () =>
  holds(
    fc.record({ files: fc.integer({ min: 1, max: 6 }), changed: fc.nat(5), how: fc.constantFrom('bytes', 'gone') }),
    20,
    async (given) => {
      const root = tempTree({ 'old/0': 'old', 'old/1': 'old' })
      const paths = Array.from({ length: given.files }, (_, index) => `old/${index}`)
      const changed = given.changed % given.files
      const held = heldOperations()
      const operations = new Map([...standardOperations({ root }), ...held.operations])
      const writes = paths.map((path, index) => ({ id: `w${index}`, type: 'file', operation: 'write', params: { path, content: 'new' } }))
      const last = { id: 'last', type: 'test', operation: 'hold', dependencies: writes.map(({ id }) => id) }
      const events: BatchEvent[] = []
      for await (const event of runBatch({ operations: [...writes, last], onFailure: 'rollback' }, { operations })) {
        events.push(event)
        if (event.type !== 'attempt-started' || event.id !== 'last') continue
        if (given.how === 'bytes') await writeFile(join(root, paths[changed]!), 'theirs')
        else rmSync(join(root, paths[changed]!))
        held.fail('last', { retryable: false })
      }
      const left = await Promise.all(paths.map((path) => readFile(join(root, path), 'utf8').catch(() => 'gone')))
      const before = (index: number): string => (index < 2 ? 'old' : 'gone')
      const isUndone = given.how === 'gone' && changed >= 2 // It is as it was before: there is nothing to undo.
      const due = paths.map((_, index) => (index !== changed || isUndone ? before(index) : given.how === 'bytes' ? 'theirs' : 'gone'))
      const failed = events.filter((event): event is EventOfType<'undo-failed'> => event.type === 'undo-failed')
      assert.equal(left, due)
      assert.equal(
        failed.map(({ id, error }) => [id, error.type]),
        isUndone ? [] : [[`w${changed}`, 'changed-since']],
      )
      return []
    },
  ))

test('names in the summary what cannot be undone, and calls the undo a plan gives', async () => {
  const root = tempTree()
  const run = (id: string, code: string, rest: object = {}) => ({
    id,
    type: 'shell',
    operation: 'run',
    params: { command: [process.execPath, '-e', code] },
    ...rest,
  })
  const touch = (name: string): string => `require('fs').writeFileSync(${JSON.stringify(name)}, '')`
  const undo = { type: 'file', operation: 'delete', params: { path: 'made' } }
  const plan: unknown = {
    onFailure: 'rollback',
    concurrency: 1,
    operations: [
      run('lasting', touch('lasting')),
      run('made', touch('made'), { undo }),
      { id: 'looked', type: 'file', operation: 'list', params: {} },
      run('failing', 'process.exit(1)'),
      run('never', touch('never'), { dependencies: ['failing'] }),
    ],
  }
  const events: BatchEvent[] = []
  for await (const event of runBatch(plan, { operations: standardOperations({ root }) })) events.push(event)
  const finished = events.at(-1)
  assert.equal(finished?.type === 'run-finished' && finished.summary.rollback, {
    undone: 1,
    failed: [],
    notUndoable: ['lasting', 'failing'],
  })
  assert.equal(Object.keys(snapshotOf(root)), ['lasting'])
})

test.run()

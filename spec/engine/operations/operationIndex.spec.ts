import { map, type Observable } from 'rxjs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runBatch } from '../../../src/engine/runBatch.js'
import { withOperationIndex, type OperationIndex } from '../../../src/engine/operations/operationIndex.js'
import { operation } from '../../../src/model/code/createOperation.js'
import type { BatchEvent } from '../../../src/model/event.js'

const test = suite('spot')

/** What is told, each with where the spot stood. */
async function seen(run: Observable<BatchEvent>): Promise<readonly string[]> {
  const spot: OperationIndex = { index: -1 }
  const told: string[] = []
  await withOperationIndex(run, spot).forEach((event) => told.push(`${event.type} ${'id' in event ? event.id : ''} ${spot.index}`))
  return told
}

test('is where the operation of an event stands', async () => {
  const a = operation('a', () => 1)
  const b = operation('b', { a }, () => Promise.reject(new Error('no')))
  const c = operation('c', { b }, () => 3)
  assert.equal(await seen(runBatch([a, b, c])), [
    'run-started  -1',
    'operation-ready a 0',
    'attempt-started a 0',
    'operation-succeeded a 0',
    'operation-ready b 1',
    'attempt-started b 1',
    'attempt-failed b 1',
    'operation-failed b 1',
    'operation-skipped c 2',
    'run-finished  -1',
  ])
})

test('is a place of its own for what comes while the run goes on, and free again after its end', async () => {
  const list = operation('list', () => ['x', 'y'])
  const each = operation.each('each', list, (item) => item)
  const told = await seen(runBatch([list, each]))
  assert.equal(
    told.filter((line) => /^(operation-ready|operation-succeeded) each/.test(line)),
    [
      'operation-ready each 1',
      'operation-ready each[0] 2',
      'operation-ready each[1] 3',
      'operation-succeeded each[0] 2',
      'operation-succeeded each[1] 3',
      'operation-succeeded each 1',
    ],
  )
  const streamed = await seen(runBatch(['p', 'q'].map((id) => operation(id, () => id)).values(), { concurrency: 1 }))
  assert.equal(
    streamed.filter((line) => line.startsWith('attempt-started')),
    ['attempt-started p 0', 'attempt-started q 0'],
  )
})

test('is set by nobody behind another operator', async () => {
  const told = await seen(runBatch([operation('a', () => 1)]).pipe(map((event) => event)))
  assert.ok(told.every((line) => line.endsWith(' -1')))
})

test.run()

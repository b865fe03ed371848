import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { recordOf } from '../../src/report.js'
import { marbleBatch } from '../../src/testing/marbleBatch.js'

const test = suite('services in metrics')

const graph = {
  operations: [{ id: 's' }, { id: 'a' }],
  nodes: 2,
  waits: Int32Array.of(0, 1),
  offsets: Int32Array.of(0, 1, 1),
  targets: Int32Array.of(1),
}
const operations = [
  { id: 's', service: true, ready: { line: 'up' } },
  { id: 'a', dependencies: ['s'] },
]
const recorded = (marbles: { readonly s: string; readonly a: string }) =>
  recordOf(marbleBatch({ operations }, marbles).events, { shape: '', cpus: 1, nodeMajor: 20, graph })!

test('count on the critical path until they are ready, and as no work', () => {
  const { criticalPathMs, makespanMs, workMs, types } = recorded({ s: '--r-------', a: '---|' })
  assert.equal([criticalPathMs, makespanMs, workMs], [5, 5, 3])
  assert.equal(
    types.map(({ count, sumMs }) => [count, sumMs]),
    [[1, 3]],
  )
})

test('that fail before they are ready count until then', () => {
  assert.is(recorded({ s: '----#', a: '---|' }).criticalPathMs, 4)
})

test.run()

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { planGraph } from '../../src/monitor/meter/planGraph.js'

const test = suite('planGraph')

test('refuses a bad plan with every fault', () => {
  const refused = planGraph({ operations: [{ id: 'a', type: 'x', operation: 'y', dependencies: ['b'] }] })
  assert.ok(refused._tag === 'Left')
  assert.equal(
    refused.left.map(({ type }) => type),
    ['unknown-operation-type', 'unknown-id'],
  )
})

test('gives the graph of an empty plan', () => {
  const graph = planGraph([])
  assert.ok(graph._tag === 'Right')
  assert.is(graph.right.operations.length, 0)
})

test.run()

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { criticalPath } from '../../src/graph/edges/criticalPath.js'
import { compiled, faultsOf } from '../support/graphs.js'

const test = suite('a plan of 100,000 operations')

const count = 100_000
const operations = (settings: (index: number) => object): readonly object[] =>
  Array.from({ length: count }, (_, index) => ({ id: `o${index}`, type: 'test', operation: 'echo', ...settings(index) }))

test('may be one chain', () => {
  const { graph } = compiled(operations((index) => ({ dependencies: index === 0 ? [] : [`o${index - 1}`] })))
  assert.is(graph.edgeCounts.explicit, count - 1)
  assert.is(criticalPath(graph, () => 1).ids.length, count)
})

test('may be one chain told backwards', () => {
  const { graph } = compiled(operations((index) => ({ dependencies: index === count - 1 ? [] : [`o${index + 1}`] })))
  assert.is(criticalPath(graph, () => 1).ids.length, count)
})

test('may be a chain of references', () => {
  const { graph } = compiled(operations((index) => ({ params: { value: index === 0 ? 1 : { $ref: `o${index - 1}` } } })))
  assert.is(graph.edgeCounts.reference, count - 1)
})

test('may be a star, outwards and inwards', () => {
  const out = compiled(operations((index) => ({ dependencies: index === 0 ? [] : ['o0'] })))
  assert.is(out.graph.offsets[1], count - 1)
  const all = Array.from({ length: count - 1 }, (_, index) => `o${index}`)
  const into = compiled(operations((index) => ({ dependencies: index === count - 1 ? all : [] })))
  assert.is(into.graph.waits[count - 1], count - 1)
})

test('may touch as many files', () => {
  const { graph } = compiled(
    operations((index) => ({ type: 'file', operation: 'write', params: { path: `app/d${index % 100}/f${index}`, content: '' } })),
  )
  assert.is(graph.nodes, count)
})

test('may have a fault in each: the first hundred are listed, the others counted', () => {
  const faults = faultsOf(operations((index) => ({ params: { value: { $ref: 5 } }, ...(index === 0 && { operation: 'nothing' }) })))
  assert.is(faults.length, 101)
  assert.is(faults.at(-1), `… and ${(count - 99).toLocaleString('en-US')} more faults.`)
})

test('tells its edges in a list that stays bounded, however many pairs there are', () => {
  const half = count / 2
  const { graph } = compiled(
    operations((index) =>
      index < half
        ? { type: 'file', operation: 'read', params: { path: 'app' } }
        : { type: 'file', operation: 'write', params: { path: `app/f${index}`, content: '' } },
    ),
  )
  assert.is(graph.targets.length, count)
  assert.is(graph.edges().length, 8 * half)
})

test.run()

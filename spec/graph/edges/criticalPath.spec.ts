import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { criticalPath } from '../../../src/graph/edges/criticalPath.js'
import type { Graph } from '../../../src/model/graph.js'
import { compiled } from '../../support/graphs.js'

const test = suite('criticalPath')

const graphOf = (dependencies: readonly (readonly number[])[]): Graph =>
  compiled(
    dependencies.map((indexes, index) => ({
      id: `o${index}`,
      type: 'test',
      operation: 'echo',
      dependencies: indexes.map((from) => `o${from}`),
    })),
  ).graph

test('follows the chain that takes longest', () => {
  const durations = [5, 1, 1, 10, 2]
  assert.equal(
    criticalPath(graphOf([[], [], [0, 1], [1], [2, 3]]), (index) => durations[index]!),
    {
      ids: ['o1', 'o3', 'o4'],
      durationMs: 13,
    },
  )
})

test('is empty for a plan without operations', () => {
  assert.equal(
    criticalPath(graphOf([]), () => 1),
    { ids: [], durationMs: 0 },
  )
})

test('tells one operation where none takes time', () => {
  assert.equal(
    criticalPath(graphOf([[], []]), () => 0),
    { ids: ['o0'], durationMs: 0 },
  )
})

test('passes through joins, which take no time', () => {
  const { graph } = compiled([
    { id: 'r1', type: 'file', operation: 'read', params: { path: 'a' } },
    { id: 'r2', type: 'file', operation: 'read', params: { path: 'a' } },
    { id: 'w', type: 'file', operation: 'write', params: { path: 'a', content: '' } },
  ])
  assert.is(graph.nodes, 4)
  assert.equal(
    criticalPath(graph, (index) => index + 1),
    { ids: ['r2', 'w'], durationMs: 5 },
  )
})

const someGraph = fc
  .array(fc.tuple(fc.array(fc.nat(), { maxLength: 3 }), fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 12 })
  .map((rows) =>
    rows.map(([picks, duration], index) => ({
      duration,
      dependencies: index === 0 ? [] : [...new Set(picks.map((pick) => pick % index))],
    })),
  )

test('is as long as the longest of all chains', () => {
  fc.assert(
    fc.property(someGraph, (operations) => {
      const longestTo = (index: number): number => {
        const { dependencies, duration } = operations[index]!
        return duration + Math.max(0, ...dependencies.map(longestTo))
      }
      const { ids, durationMs } = criticalPath(
        graphOf(operations.map(({ dependencies }) => dependencies)),
        (index) => operations[index]!.duration,
      )
      assert.is(durationMs, Math.max(...operations.map((_, index) => longestTo(index))))
      const indexes = ids.map((id) => Number(id.slice(1)))
      assert.is(
        indexes.reduce((sum, index) => sum + operations[index]!.duration, 0),
        durationMs,
      )
      indexes.slice(1).forEach((index, at) => assert.ok(operations[index]!.dependencies.includes(indexes[at]!)))
    }),
    { numRuns: 300 },
  )
})

test.run()

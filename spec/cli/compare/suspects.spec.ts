import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { suspectsOf } from '../../../src/cli/compare/confirm/suspects.js'
import { compilePlan } from '../../../src/graph/compilePlan.js'
import type { Graph } from '../../../src/model/graph.js'
import { standardOperations } from '../../../src/node.js'

const test = suite('suspects that are run again')

function graphOf(operations: readonly object[]): Graph {
  const compiled = compilePlan({ operations }, standardOperations({ root: '.' }))
  assert.ok(compiled._tag === 'Right', JSON.stringify(compiled))
  return compiled.right.graph
}

const program = (id: string, more: object = {}): object => ({ id, type: 'shell', operation: 'run', params: { command: ['true'] }, ...more })
const append = { id: 'note', type: 'file', operation: 'append', params: { path: 'notes', content: 'x' } }
const post = { id: 'post', type: 'http', operation: 'request', params: { method: 'POST', url: 'https://a.example/' } }

const graph = graphOf([
  append,
  post,
  program('free', { repeatable: true }),
  program('after', { repeatable: true, dependencies: ['free'] }),
  program('needs', { repeatable: true, dependencies: ['post'] }),
  program('once'),
  program('asked', { repeatable: true, confirm: true }),
  { id: 'read', type: 'file', operation: 'read', params: { path: 'a' } },
])

test('are those of the types that became slower, but none that may not happen twice, or needs one', () => {
  assert.equal(suspectsOf(graph, new Set(['shell.run']), false), {
    ids: ['free', 'after'],
    left: [
      { id: 'needs', type: 'shell.run', because: 'post' },
      { id: 'once', type: 'shell.run', because: 'once' },
      { id: 'asked', type: 'shell.run', because: 'asked' },
    ],
  })
  assert.equal(suspectsOf(graph, new Set(['file.read', 'file.append']), false), { ids: ['note', 'read'], left: [] })
})

test('are all of those types with consent', () => {
  assert.equal(suspectsOf(graph, new Set(['shell.run']), true), { ids: ['free', 'after', 'needs', 'once', 'asked'], left: [] })
})

test.run()

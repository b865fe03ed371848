import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { startUndo } from '../../../src/graph/operations/startUndo.js'
import { compiled, context, faultsOf, resultsOf } from '../../support/graphs.js'

const test = suite('an undo given in a plan')

const withUndo = (undo: object, settings: object = {}) => [
  { id: 'first', type: 'test', operation: 'echo' },
  { id: 'make', type: 'file', operation: 'write', params: { path: 'x', content: '' }, undo, ...settings },
]

test('is checked like an operation', () => {
  assert.equal(faultsOf(withUndo({ type: 'file', operation: 'wirte', params: {} })), [
    'operations[1].undo.operation: no operation type is called "file.wirte".\nDid you mean "file.write"? There are: file.read, file.write, shell.run, test.echo.',
  ])
  assert.equal(faultsOf(withUndo({ type: 'file', operation: 'read', params: { path: '' } })), [
    'operations[1].undo.params.path: expected text that is not empty for "file.read", received "".',
  ])
})

test('may refer to the result of its own operation alone', () => {
  assert.equal(faultsOf(withUndo({ type: 'file', operation: 'read', params: { path: { $ref: 'make.path' } } })), [])
  assert.equal(faultsOf(withUndo({ type: 'file', operation: 'read', params: { path: { $ref: 'make.pth' } } })), [
    'operations[1].undo.params.path.$ref: the result of "make" has no "pth".\nDid you mean "path"? It has: path, bytes.',
  ])
  assert.equal(faultsOf(withUndo({ type: 'file', operation: 'read', params: { path: { $template: '{{first}}' } } })), [
    'operations[1].undo.params.path.$template: an undo can refer only to the result of its own operation, "make", not to "first".',
  ])
})

test('adds no edge', () => {
  assert.equal(compiled(withUndo({ type: 'file', operation: 'read', params: { path: { $ref: 'make.path' } } })).graph.edgeCounts, {
    explicit: 0,
    reference: 0,
    effect: 0,
    order: 0,
  })
})

test('is started with what its operation gave', () => {
  const { operations } = compiled(withUndo({ type: 'test', operation: 'echo', params: { value: [{ $ref: 'make.path' }] } })).graph
  assert.equal(startUndo(operations[1]!, context, resultsOf(operations, { make: { path: 'y' } })), { work: ['y'] })
})

test('is started without a reference too, its secrets told', () => {
  const { operations } = compiled(withUndo({ type: 'test', operation: 'echo', params: { value: { token: 'a long one' } } })).graph
  const results = resultsOf(operations, {})
  assert.equal(startUndo(operations[1]!, context, results), { work: { token: 'a long one' } })
  assert.equal(results.concealed, ['a long one'])
})

test('is nothing where a plan gives none', () => {
  const { operations } = compiled(withUndo({ type: 'test', operation: 'echo' })).graph
  assert.is(startUndo(operations[0]!, context, resultsOf(operations, {})), undefined)
})

test.run()

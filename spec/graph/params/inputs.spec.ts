import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { notYetKnown } from '../../../src/model/effects.js'
import type { CompiledPlanOperation } from '../../../src/graph/operations/compiledOperation.js'
import { foreseenParams } from '../../../src/graph/params/foreseenParams.js'
import { eachSecretOf } from '../../../src/graph/read/eachSecretOf.js'
import { compiled, context, faultsOf, resultsOf } from '../../support/graphs.js'

const test = suite('inputs of a plan')

const inputs = { target: 'es2022', count: 3, list: ['a', { b: 'c' }], 'odd.name': 'x', token: 'hunter2' }
const echoing = (value: unknown) => ({ inputs, operations: [{ id: 'e', type: 'test', operation: 'echo', params: { value } }] })
const given = (value: unknown): unknown => {
  const operation = compiled(echoing(value)).graph.operations[0]!
  return operation.start(operation, context, resultsOf([operation], {}))
}

const rows: readonly (readonly [value: unknown, stands: unknown])[] = [
  [{ $input: 'target' }, 'es2022'],
  [{ $input: 'count' }, 3],
  [{ $input: 'list' }, ['a', { b: 'c' }]],
  [{ $input: 'list[1].b' }, 'c'],
  [{ $input: 'odd.name' }, 'x'],
  [{ $template: '{{$input.target}}-{{ $input.count }}' }, 'es2022-3'],
  [{ $template: '{{$input.list}}' }, '["a",{"b":"c"}]'],
  [{ deep: [{ $input: 'count' }] }, { deep: [3] }],
  [{ $literal: { $input: 'count' } }, { $input: 'count' }],
]
for (const [value, stands] of rows) test(`${JSON.stringify(value)} stands for it`, () => assert.equal(given(value), stands))

const wrong: readonly (readonly [value: unknown, text: string])[] = [
  [{ $input: 'traget' }, 'no input is called "traget".\nDid you mean "target"? This plan has: target, count, list, odd.name, token.'],
  [{ $input: 'list[7]' }, 'the input "list" has no "7".'],
  [{ $input: 5 }, 'an input is given by its name'],
  [{ $input: 'target', default: 1 }, '"default" cannot stand beside "$input"'],
  [{ $template: '{{$input.nobody}}' }, 'no input is called "nobody".'],
  [{ $ref: '$input.target' }, 'Write {"$input": "target"}.'],
]
for (const [value, text] of wrong) test(`refuses ${JSON.stringify(value)}`, () => assert.match(faultsOf(echoing(value)).join(), text))

test('says so when the plan has none', () => {
  assert.match(
    faultsOf([{ type: 'test.echo', params: { value: { $input: 'a' } } }]).join(),
    'this plan has no inputs.\nAdd "inputs": {"a": …}',
  )
})

test('what an input gives must fit, before the run', () => {
  const plan = { inputs: { path: 5 }, operations: [{ type: 'file.read', params: { path: { $input: 'path' } } }] }
  assert.match(faultsOf(plan).join(), 'expected text that is not empty for "file.read", received 5')
})

test('effects are those of the value', () => {
  const plan = { inputs: { path: 'x' }, operations: [{ type: 'file.read', params: { path: { $input: 'path' } } }] }
  assert.equal((compiled(plan).graph.operations[0] as CompiledPlanOperation).given, { type: 'decoded', params: { path: 'x' } })
})

test('one with a secret name is hidden from the first event on, and is never put into the plan', () => {
  for (const value of [{ $input: 'token' }, { $template: 'Bearer {{$input.token}}' }, [{ deep: { $input: 'token' } }]]) {
    const operation = compiled(echoing(value)).graph.operations[0] as CompiledPlanOperation
    const told: string[] = []
    eachSecretOf(operation, (text) => told.push(text))
    assert.equal(told, ['hunter2'])
    assert.is(operation.given.type, 'unresolved')
    const results = resultsOf([operation], {})
    assert.match(JSON.stringify(operation.start(operation, context, results)), 'hunter2')
    assert.equal(results.concealed, ['hunter2'])
    assert.is(
      operation.given.type === 'unresolved' &&
        (foreseenParams(operation.operationType.params as never, operation.given.tree) as { value: unknown }).value,
      notYetKnown,
    )
  }
  assert.equal(compiled(echoing({ $input: 'token' })).graph.secretive.length, 1)
})

test('one with a secret name is text, and a fault does not show it', () => {
  const texts = faultsOf({ inputs: { api_key: 12345 }, operations: [] })
  assert.match(texts.join(), 'inputs.api_key: expected text for an input with a secret name')
  assert.not.match(texts.join(), '12345')
})

test.run()

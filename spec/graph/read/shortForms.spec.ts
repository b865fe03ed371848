import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { decodePlan } from '../../../src/graph/read/decodePlan.js'
import type { CompiledPlanOperation } from '../../../src/graph/operations/compiledOperation.js'
import { compiled, faultsOf } from '../../support/graphs.js'

const test = suite('short forms of a plan')

const taskOf = (operation: object, plan: object = {}): CompiledPlanOperation =>
  compiled({ ...plan, operations: [operation] }).graph.operations[0] as CompiledPlanOperation
const echo = { type: 'test', operation: 'echo' }

test('type may hold both names', () => {
  assert.is(taskOf({ type: 'test.echo' }).name, 'test.echo')
  assert.is(taskOf({ type: 'test.echo', undo: { type: 'test.echo' } }).planUndo?.operationType.operation, 'echo')
})

test('one name alone is a fault, and so is one that there is not', () => {
  assert.match(faultsOf([{ type: 'test' }]).join(), 'operations[0]: "operation" is missing.')
  assert.match(
    faultsOf([{ type: 'test.ehco' }]).join(),
    'operations[0].type: no operation type is called "test.ehco".\nDid you mean "test.echo"?',
  )
  assert.match(faultsOf([{ type: 'test.echo', operation: 'echo' }]).join(), 'no operation type is called "test.echo.echo"')
})

test('retry may be the number of attempts', () => {
  assert.equal(taskOf({ ...echo, retry: 3 }).retry, { attempts: 3 })
  assert.equal(taskOf(echo, { defaults: { retry: 2 } }).retry, { attempts: 2 })
  assert.match(faultsOf([{ ...echo, retry: 0 }]).join(), 'operations[0].retry: expected a whole number from 1 to 1000 or a retry policy')
  assert.match(faultsOf([{ ...echo, retry: { atempts: 3 } }]).join(), 'Did you mean "attempts"?')
})

test('operations that say the same share one kind', () => {
  const { operations } = compiled([
    { ...echo, retry: 3 },
    { type: 'test.echo', retry: 3 },
  ]).graph
  assert.is((operations[0] as CompiledPlanOperation).kind, (operations[1] as CompiledPlanOperation).kind)
})

test('a decoded plan has one form of each', () => {
  const decoded = decodePlan({
    defaults: { retry: 2 },
    operations: [{ type: 'tool.files.read', retry: 3, undo: { type: 'file.delete', params: {} } }],
  })
  assert.equal(decoded._tag === 'Right' && decoded.right, {
    defaults: { retry: { attempts: 2 } },
    operations: [
      { type: 'tool', operation: 'files.read', retry: { attempts: 3 }, undo: { type: 'file', operation: 'delete', params: {} } },
    ],
  })
})

test('a title is what people see', () => {
  assert.is(taskOf({ ...echo, title: 'Say it' }).title, 'Say it')
  assert.is(taskOf(echo).title, undefined)
  assert.match(faultsOf([{ ...echo, title: '' }]).join(), 'operations[0].title')
})

test('keys that begin with x- may hold anything, at the top alone', () => {
  assert.equal(faultsOf({ 'x-shared': { a: [1, { b: null }] }, 'x-': 1, operations: [echo] }), [])
  assert.match(faultsOf({ operations: [{ ...echo, 'x-shared': 1 }] }).join(), 'there is no field "x-shared" here')
  assert.match(faultsOf({ 'y-shared': 1, operations: [] }).join(), 'there is no field "y-shared" here')
})

test('an id that an item of another operation bears is a fault', () => {
  const ids = (...all: readonly string[]): readonly string[] => faultsOf(all.map((id) => ({ id, ...echo })))
  assert.equal(ids('sizes', 'sizes[0]'), [
    'operations[1].id: "sizes[0]" is also the id of an item of "sizes".\nGive one of them another id.',
  ])
  assert.is(ids('sizes[x]', 'sizes').length, 1)
  assert.equal(ids('sizes', 'size[0]', 'sizes[0].x'), [])
})

const run = { type: 'shell.run', params: { command: ['env'] } }
const envOf = (operation: object, env: object): unknown => {
  const { given } = taskOf(operation, { defaults: { env }, inputs: { target: 'es2022' } })
  return given.type === 'decoded' ? (given.params as { readonly env?: unknown }).env : given.type
}

test('programs are given the variables of the plan, and may set others', () => {
  assert.equal(envOf(run, { A: '1', B: '2' }), { A: '1', B: '2' })
  assert.equal(envOf({ ...run, params: { ...run.params, env: { B: '3', C: '4' } } }, { A: '1', B: '2' }), { A: '1', B: '3', C: '4' })
  assert.equal(envOf(run, { A: { $input: 'target' } }), { A: 'es2022' })
  assert.is(envOf(run, { A: { $secret: 'TOKEN' } }), 'unresolved')
})

test('what is no program is given none', () => {
  assert.equal(taskOf({ type: 'test.echo', params: { value: 1 } }, { defaults: { env: { A: '1' } } }).given, {
    type: 'decoded',
    params: { value: 1 },
  })
})

test('a variable of the plan is text, null, a secret or an input', () => {
  for (const value of [1, true, { $ref: 'a' }, ['a']])
    assert.match(
      faultsOf({ defaults: { env: { A: value } }, operations: [] }).join(),
      'defaults.env.A: expected text or null or {"$secret": name}',
    )
})

test.run()

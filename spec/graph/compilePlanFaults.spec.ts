import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compilePlan } from '../../src/graph/compilePlan.js'
import { faultsOf } from '../support/graphs.js'

const test = suite('faults of compilePlan')

const echo = { type: 'test', operation: 'echo' }

test('lists the faults of every operation at once, in the order of the plan', () => {
  assert.equal(
    faultsOf({
      concurrency: 2,
      returns: ['nobody'],
      pools: { github: 1 },
      operations: [
        { id: 'build', type: 'file', operation: 'wirte', params: { path: 5 } },
        { id: 'pack', type: 'file', operation: 'write', params: { pth: 'a', content: 'x' }, dependencies: ['biuld'] },
        { id: 'test', type: 'file', operation: 'read', params: { path: { $ref: 'pack.byts' } }, weight: 3, pool: 'githb' },
        { id: 'build', ...echo, when: 'maybe', params: { value: { $ref: 'pack', defalt: 1 } } },
        { type: 'fill', operation: 'read', weight: 2, pool: 'github' },
      ],
    }),
    [
      'returns[0]: no operation is called "nobody".\nThis plan has: build, pack, test, build, op5.',
      'operations[0].operation: no operation type is called "file.wirte".\nDid you mean "file.write"? There are: file.read, file.write, shell.run, test.echo.',
      'operations[1].params.pth: "file.write" takes no "pth" here.\nDid you mean "path"? It takes: path, content, tries.',
      'operations[1].params: "file.write" needs "path" here.\nIt takes: path, content, tries.',
      'operations[1].dependencies[0]: no operation is called "biuld".\nDid you mean "build"? This plan has: build, pack, test, build, op5.',
      'operations[2].params.path.$ref: the result of "pack" has no "byts".\nDid you mean "bytes"? It has: path, bytes.',
      'operations[2].weight: a weight of 3 is above concurrency, which is 2: it could never start.\nLower the weight, or raise concurrency.',
      'operations[2].pool: no pool is called "githb".\nDid you mean "github"? This plan has: github.',
      'operations[3].when: expected one of success, settled, any-failed, none-failed, received "maybe".',
      'operations[3].id: "build" is already the id of operations[0].\nGive one of them another id.',
      'operations[3].params.value.$ref: "defalt" cannot stand beside "$ref".\nTo pass the object unchanged, wrap it: {"$literal": …}.',
      'operations[4].type: no operation type is called "fill.read".\nDid you mean "file.read"? There are: file.read, file.write, shell.run, test.echo.',
      'operations[4].weight: a weight of 2 is above pools.github, which is 1: it could never start.\nLower the weight, or raise pools.github.',
    ],
  )
})

test('a broken operation makes no false faults for others', () => {
  assert.equal(
    faultsOf([
      { id: 'a', type: 5, operation: 'read', params: { path: 'x' } },
      { id: 'b=b', ...echo },
      { id: 'c', ...echo, dependencies: ['a', 7], params: { value: [{ $ref: 'a.anything' }, { $ref: 'b=b.x' }] } },
    ]),
    [
      'operations[0].type: expected text that is not empty, received 5.',
      'operations[1].id: expected an id of 1 to 128 characters without "=", control characters, surrounding blanks or a leading "-", received "b=b".',
      'operations[2].dependencies[1]: expected an id of 1 to 128 characters without "=", control characters, surrounding blanks or a leading "-", received 7.',
    ],
  )
})

test('a broken limit makes no false faults of weights and pools', () => {
  assert.equal(faultsOf({ concurrency: 0, pools: { p: 'two' }, operations: [{ ...echo, weight: 50, pool: 'p' }] }), [
    'concurrency: expected a whole number from 1 to 100000, received 0.',
    'pools.p: expected a whole number from 1 to 100000 or a pool limit, received "two".',
  ])
})

test('refuses a default id that another operation was given', () => {
  assert.equal(faultsOf([{ id: 'op2', ...echo }, echo]), [
    'operations[1]: its default id "op2" is already the id of operations[0].\nGive it an id of its own.',
  ])
})

test('finds each circle once, as its path', () => {
  const of = (id: string, ...dependencies: readonly string[]) => ({ id, ...echo, dependencies })
  assert.equal(
    faultsOf([
      of('free'),
      of('a', 'b', 'free'),
      of('b', 'c'),
      of('c', 'a'),
      of('self', 'self'),
      of('x', 'y'),
      { id: 'y', ...echo, params: { value: { $ref: 'x' } } },
      of('after', 'a', 'x'),
    ]),
    [
      'operations[1]: dependency cycle: a -> b -> c -> a.\nRemove one of the dependencies or references between them.',
      'operations[4]: "self" depends on itself.\nRemove that dependency or reference.',
      'operations[5]: dependency cycle: x -> y -> x.\nRemove one of the dependencies or references between them.',
    ],
  )
})

test('has no operation types to offer when there are none', () => {
  const result = compilePlan([echo], new Map())
  assert.is(result._tag === 'Left' ? result.left[0].type : 'right', 'unknown-operation-type')
})

test.run()

import * as t from 'io-ts'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { closed } from '../../src/model/codec/closed.js'
import { operationRegistry, type AnyOperationType } from '../../src/model/operationType.js'
import { echo, read } from '../support/doubleOperations.js'

const test = suite('operationRegistry')

const messageOf = (make: () => unknown): string => {
  try {
    make()
  } catch (error) {
    if (error instanceof TypeError) return error.message
    throw error
  }
  return 'nothing was thrown'
}

test('holds types by their name', () => {
  const registry = operationRegistry([read, echo])
  assert.equal([...registry.keys()], ['file.read', 'test.echo'])
  assert.is(registry.get('test.echo'), echo)
})

test('refuses two types of one name', () => {
  assert.is(
    messageOf(() => operationRegistry([read, read])),
    'Two operation types are called "file.read". Give one of them another name.',
  )
})

test('refuses a codec that carries no JSON Schema, however deep', () => {
  const params = closed('params', { deep: closed('deep', {}, { when: t.string }) }, {})
  const foreign: AnyOperationType = { ...echo, params }
  assert.is(
    messageOf(() => operationRegistry([foreign])),
    'The params codec of "test.echo" carries no JSON Schema. Build it from the codecs of millrace/codec.',
  )
  assert.is(
    messageOf(() => operationRegistry([{ ...echo, result: t.unknown }])),
    'The result codec of "test.echo" carries no JSON Schema. Build it from the codecs of millrace/codec.',
  )
})

test.run()

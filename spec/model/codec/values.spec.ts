import type * as t from 'io-ts'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nothing, anyJson, finiteNumber, boolean, oneOf, text, integer } from '../../../src/model/codec/values.js'
import { jsonSchemaOf } from '../../../src/model/codec/jsonSchemaOf.js'
import { described } from '../../../src/model/codec/described.js'
import type { JsonSchema } from '../../../src/model/codec/jsonSchema.js'
import { OperationId } from '../../../src/model/operationId.js'

const test = suite('values')

interface Row {
  readonly codec: t.Mixed
  readonly name: string
  readonly schema: JsonSchema
  readonly fits: readonly unknown[]
  readonly misfits: readonly unknown[]
}

const rows: readonly Row[] = [
  { codec: text(), name: 'text', schema: { type: 'string' }, fits: ['', 'x'], misfits: [5, null, undefined, ['x']] },
  {
    codec: text({ minLength: 1 }),
    name: 'text that is not empty',
    schema: { type: 'string', minLength: 1 },
    fits: ['x'],
    misfits: ['', 5],
  },
  {
    codec: text({ maxLength: 2 }),
    name: 'text of at most 2 characters',
    schema: { type: 'string', maxLength: 2 },
    fits: ['', 'xy'],
    misfits: ['xyz'],
  },
  {
    codec: integer({ minimum: 1, maximum: 3 }),
    name: 'a whole number from 1 to 3',
    schema: { type: 'integer', minimum: 1, maximum: 3 },
    fits: [1, 3],
    misfits: [0, 4, 1.5, NaN, Infinity, '1', 2n],
  },
  {
    codec: finiteNumber({ minimum: 0 }),
    name: 'a number of at least 0',
    schema: { type: 'number', minimum: 0 },
    fits: [0, 0.5],
    misfits: [-1, Infinity, NaN, '1'],
  },
  { codec: boolean, name: 'true or false', schema: { type: 'boolean' }, fits: [true, false], misfits: [0, 'true', null] },
  { codec: oneOf('a', 'b'), name: 'one of a, b', schema: { enum: ['a', 'b'] }, fits: ['a', 'b'], misfits: ['c', 'toString', 0] },
  { codec: oneOf('a'), name: '"a"', schema: { enum: ['a'] }, fits: ['a'], misfits: ['b'] },
  { codec: nothing, name: 'null', schema: { type: 'null' }, fits: [null], misfits: [undefined, 0, ''] },
  { codec: anyJson, name: 'any JSON value', schema: {}, fits: [null, 0, [], {}], misfits: [undefined] },
  {
    codec: OperationId,
    name: 'an id of 1 to 128 characters without "=", control characters, surrounding blanks or a leading "-"',
    schema: OperationId.schema,
    fits: ['a', '__proto__', 'naïve', 'a.b', 'a b', 'x'.repeat(128)],
    misfits: ['', 'a=b', '-a', 'a ', 'a\n', 'x'.repeat(129), 5],
  },
]

for (const { codec, name, schema, fits, misfits } of rows)
  test(name, () => {
    assert.is(codec.name, name)
    assert.equal(jsonSchemaOf(codec), schema)
    for (const value of fits) assert.ok(codec.is(value), String(value))
    for (const value of misfits) assert.not.ok(codec.is(value), String(value))
  })

test('a description goes into the schema, and the codec stays without it elsewhere', () => {
  const codec = text()
  assert.equal(jsonSchemaOf(described(codec, 'A name.')), { type: 'string', description: 'A name.' })
  assert.equal(jsonSchemaOf(codec), { type: 'string' })
  assert.ok(described(codec, 'A name.').is('x'))
})

test.run()

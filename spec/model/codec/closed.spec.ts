import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { withSchema } from '../../../src/model/codec/withSchema.js'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { closed } from '../../../src/model/codec/closed.js'
import { pathOf, problemOf } from '../../../src/model/codec/problem.js'
import { text, integer } from '../../../src/model/codec/values.js'

const test = suite('closed')

const inner = closed('inner', { n: integer() }, {})
const codec = closed('a thing', { name: text() }, { inner })

const errorsOf = (value: unknown): readonly string[] =>
  E.match(
    (errors: t.Errors) =>
      errors.map((error) => `${problemOf(error)?.type ?? `expected ${error.context.at(-1)!.type.name}`} ${pathOf(error).join('.')}`),
    () => [],
  )(codec.decode(value))

test('gives back the very value when nothing in it changes', () => {
  const value = { name: 'x', inner: { n: 1 } }
  const decoded = codec.decode(value)
  assert.ok(E.isRight(decoded) && decoded.right === value)
})

const rows: readonly (readonly [title: string, value: unknown, errors: readonly string[]])[] = [
  ['all required fields', { name: 'x' }, []],
  ['optional fields too', { name: 'x', inner: { n: 1 } }, []],
  ['a list', ['x'], ['expected a thing ']],
  ['null', null, ['expected a thing ']],
  ['a missing field', {}, ['missing-field name']],
  ['an unknown field', { name: 'x', nme: 1 }, ['unknown-field nme']],
  [
    'every fault at once, and deep',
    { inner: { n: 'x', m: 1 }, other: 1 },
    ['expected a whole number inner.n', 'unknown-field inner.m', 'unknown-field other', 'missing-field name'],
  ],
  ['an inherited field', Object.create({ name: 'x' }), ['missing-field name']],
  ['__proto__ as a field', JSON.parse('{"name": "x", "__proto__": {"n": 1}}'), ['unknown-field __proto__']],
  ['constructor as a field', { name: 'x', constructor: 1 }, ['unknown-field constructor']],
]

for (const [title, value, errors] of rows)
  test(`${errors.length === 0 ? 'takes' : 'refuses'} ${title}`, () => {
    assert.equal(errorsOf(value), errors)
    assert.is(codec.is(value), errors.length === 0)
  })

test('knows the fields there are', () => {
  const decoded = codec.decode({ nme: 1, name: 'x' })
  assert.equal(E.isLeft(decoded) && problemOf(decoded.left[0]!), { type: 'unknown-field', field: 'nme', known: ['name', 'inner'] })
})

test('copies only where a field decodes to another value, and leaves the input alone', () => {
  const trimmed = Object.assign(
    withSchema('text', { type: 'string' }, (value): value is string => typeof value === 'string'),
    {
      validate: (value: unknown) => E.right(String(value).trim()),
    },
  )
  const input = { name: ' x ', rest: input0 }
  const decoded = closed('trimmed', { name: trimmed, rest: inner }, {}).decode(input)
  assert.equal(decoded, E.right({ name: 'x', rest: { n: 1 } }))
  assert.is(input.name, ' x ')
  assert.ok(E.isRight(decoded) && decoded.right.rest === input0)
})

const input0 = { n: 1 }

test('encodes what it decoded', () => {
  assert.equal(codec.encode({ name: 'x', inner: { n: 1 } }), { name: 'x', inner: { n: 1 } })
})

test.run()

import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { anyOf, record, array } from '../../../src/model/codec/collections.js'
import { pathOf } from '../../../src/model/codec/problem.js'
import { text, integer } from '../../../src/model/codec/values.js'

const test = suite('collections')

const errorsOf = (codec: t.Mixed, value: unknown): readonly string[] =>
  E.match(
    (errors: t.Errors) => errors.map((error) => `expected ${error.context.at(-1)!.type.name} at ${pathOf(error).join('.')}`),
    (): readonly string[] => [],
  )(codec.decode(value))

const few = array(text(), { minItems: 1, maxItems: 2 })
const counts = record(integer())
const either = anyOf(text(), array(text()))

const rows: readonly (readonly [title: string, codec: t.Mixed, value: unknown, errors: readonly string[]])[] = [
  ['a list takes its items', few, ['a', 'b'], []],
  ['a list is not too short', few, [], ['expected a list of at least 1 and at most 2 at ']],
  ['a list is not too long', few, ['a', 'b', 'c'], ['expected a list of at least 1 and at most 2 at ']],
  ['a list is no object', few, { 0: 'a' }, ['expected a list of at least 1 and at most 2 at ']],
  ['a list tells each wrong item', few, [1, 2], ['expected text at 0', 'expected text at 1']],
  ['an object with free keys takes any', counts, JSON.parse('{"__proto__": 1, "constructor": 2}'), []],
  [
    'an object with free keys tells each wrong value',
    counts,
    { a: 'x', b: 1, c: 1.5 },
    ['expected a whole number at a', 'expected a whole number at c'],
  ],
  ['an object with free keys is no list', counts, [1], ['expected an object at ']],
  ['one of a few takes each', either, ['a'], []],
  ['one of a few tells of itself as a whole', either, [1], ['expected text or a list at ']],
]

for (const [title, codec, value, errors] of rows)
  test(title, () => {
    assert.equal(errorsOf(codec, value), errors)
    assert.is(codec.is(value), errors.length === 0)
  })

test('give back the very value when nothing in it changes', () => {
  for (const [codec, value] of [
    [few, ['a']],
    [counts, { a: 1 }],
    [either, ['a']],
  ] as const)
    assert.is(E.getOrElse((): unknown => undefined)(codec.decode(value)), value)
})

test('a free key named __proto__ stays a key when the values are encoded', () => {
  assert.is(JSON.stringify(counts.encode(JSON.parse('{"__proto__": 1}') as { readonly [key: string]: number })), '{"__proto__":1}')
})

test.run()

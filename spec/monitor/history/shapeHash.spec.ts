import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { shapeHash, type ShapedOperation } from '../../../src/monitor/history/shapeHash.js'

const test = suite('shapeHash')

const a = { id: 'a', type: 'file', operation: 'read' }
const b = { id: 'b', type: 'file', operation: 'write', dependencies: ['a', 'c'] }
const hash = (...operations: readonly ShapedOperation[]): string => shapeHash({ operations })

test('is 16 hex digits, the same ones always: histories of other machines hold it', () => {
  assert.is(hash(a, b), '8117bae4e857c5ae')
  assert.match(hash(), /^0{16}$/)
  assert.match(hash(a, b), /^[0-9a-f]{16}$/)
})

const same: readonly (readonly [title: string, one: string, other: string])[] = [
  ['the order of the list', hash(a, b), hash(b, a)],
  ['the order of dependencies', hash(b), hash({ ...b, dependencies: ['c', 'a'] })],
  ['a dependency named twice', hash(b), hash({ ...b, dependencies: ['a', 'c', 'a'] })],
  ['no dependencies or an empty list', hash(a), hash({ ...a, dependencies: [] })],
  ['an id left out that would be the same', hash({ type: 'file', operation: 'read' }), hash({ ...a, id: 'op1' })],
]
for (const [title, one, other] of same) test(`does not look at ${title}`, () => assert.is(one, other))

const other: readonly (readonly [title: string, operation: ShapedOperation])[] = [
  ['id', { ...b, id: 'x' }],
  ['type', { ...b, type: 'x' }],
  ['operation', { ...b, operation: 'x' }],
  ['dependency', { ...b, dependencies: ['a'] }],
]
for (const [title, operation] of other) test(`is another for another ${title}`, () => assert.is.not(hash(operation), hash(b)))

test('tells 20,000 shapes apart', () => {
  const seen = new Set(Array.from({ length: 20_000 }, (_, index) => hash({ ...a, id: `n${index}` })))
  assert.is(seen.size, 20_000)
})

test.run()

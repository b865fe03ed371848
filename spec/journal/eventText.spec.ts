import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { eventText, listText } from '../../src/journal/log/eventText.js'
import { jsonText } from '../../src/operators/share/jsonText.js'

const test = suite('eventText')

class Point {
  constructor(readonly x: number) {}
}

const circular: { self?: object } = {}
circular.self = circular

const nested = (levels: number): unknown => (levels === 0 ? 1n : [nested(levels - 1)])

const values: readonly (readonly [title: string, value: unknown])[] = [
  ['plain data', { a: [1, 'b', true, null, { c: -0.5 }], d: undefined, e: [undefined] }],
  ['an error', { error: Object.assign(new Error('no'), { code: 'E' }) }],
  ['an error in a list', [[new TypeError('no')]]],
  ['a bigint', { many: 12n }],
  ['a circle', circular],
  ['a date', { at: new Date(0) }],
  ['what says itself how it is written', { toJSON: () => ({ a: 1 }) }],
  ['an instance of a class', { point: new Point(1) }],
  ['an object without a prototype', Object.assign(Object.create(null) as object, { a: 1n })],
  ['bytes', { bytes: Buffer.from('ab') }],
  ['a function and a symbol', { f: () => 1, s: Symbol('s') }],
  ['a key that is the name of the prototype', JSON.parse('{"__proto__":{"a":1}}')],
  ['many levels', { deep: nested(30) }],
  ['too many levels', { deep: nested(2_000) }],
  ['a getter', { get a() { return new Error('read') } }], // prettier-ignore
  ['a getter that throws', { get a() { throw new Error('not so') } }], // prettier-ignore
  ['a proxy that refuses', { proxy: new Proxy({}, { getPrototypeOf: () => { throw new Error('not so') } }) }], // prettier-ignore
]

for (const [title, value] of values) {
  test(`writes ${title} as jsonText does`, () => {
    const holder = { value }
    assert.is(eventText(holder), jsonText(holder))
  })
}

test('a list has the text of each of its values, whatever stands beside it', () => {
  const holders = values.map(([, value]) => ({ value }))
  assert.is([...listText(holders)].join(''), holders.map(eventText).join(','))
  assert.equal([...listText([])], [])
})

test('short values come together, a piece has at most one long one', () => {
  const [short, long] = [{ a: 1 }, { text: 'a'.repeat(10_000) }]
  const pieces = [...listText([short, short, long, long, short])]
  assert.equal(pieces, [
    [short, short, long].map(eventText).join(','),
    `,${eventText(long)}`,
    `,${eventText(short)}`,
  ]) // prettier-ignore
})

test.run()

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { OperationSucceeded } from '../../src/model/event.js'
import { encodeLine } from '../../src/journal/log/logLine.js'

const test = suite('what a log says of a value')

class Point {
  constructor(readonly x: number) {}
}
class Points extends Array<number> {}
const circular: { self?: object } = {}
circular.self = circular
const shared = { a: 1 }
const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])

/** The event as a reader of its line has it. */
function readAgain(value: unknown): OperationSucceeded {
  const spent = { durationMs: 1, waitedMs: 0, attempts: 1 }
  const event = { type: 'operation-succeeded', runId: 'r', seq: 0, at: 0, id: 'a', value, ...spent } as const
  return JSON.parse(encodeLine(event)) as OperationSucceeded
}

const whole: readonly (readonly [title: string, value: unknown])[] = [
  ['nothing', undefined],
  ['null', null],
  ['text with half a character', 'a\ud800'],
  ['a fraction', 0.1 + 0.2],
  ['plain data', { a: [1, 'b', true, null, { c: -0.5 }] }],
  ['a legal key that is the name of the prototype', JSON.parse('{"__proto__":{"a":1}}')],
  ['one object in two places', [shared, shared]],
  ['many levels', nested(300)],
]
for (const [title, value] of whole)
  test(`${title} is read back as it was`, () => {
    const read = readAgain(value)
    assert.equal(read.value, value)
    assert.is(read.lossy, undefined)
  })

const lossy: readonly (readonly [title: string, value: unknown])[] = [
  ['a Map', new Map([['a', 1]])],
  ['a Set within', { set: new Set([1]) }],
  ['a bigint', [1n]],
  ['an instance of a class', { point: new Point(1) }],
  ['a list of a class of its own', Points.from([1, 2])],
  ['a date', new Date(0)],
  ['bytes', Buffer.from('ab')],
  ['an error', new Error('no')],
  ['a cycle', circular],
  ['undefined inside', { a: undefined }],
  ['undefined in a list', [undefined]],
  ['a list with a hole', Object.assign([1], { length: 2 })],
  ['a list with a field of its own', 'ab'.match(/a/)],
  ['no number', { a: NaN }],
  ['a number without end', [Infinity]],
  ['the zero below zero', -0],
  ['a function', { f: () => 1 }],
  ['a symbol', Symbol('s')],
  ['what says itself how it is written', { toJSON: () => ({ a: 1 }) }],
  ['a getter that throws', { get a() { throw new Error('not so') } }], // prettier-ignore
  ['too many levels', nested(2_000)],
]
for (const [title, value] of lossy) test(`${title} is said to be lossy`, () => assert.is(readAgain(value).lossy, true))

test.run()

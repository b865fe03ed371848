import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { redaction } from '../../../src/engine/secrets/redaction.js'

const test = suite('redaction of data')
const secret = 'canary-4f7a93b1'

function clean<A>(data: A): unknown {
  const made = redaction()
  made.conceal(secret)
  return made.clean(data)
}

class Account {
  constructor(
    readonly name: string,
    readonly note: string,
  ) {}
}
class Sealed {
  readonly #token = secret
  toJSON(): unknown {
    return { token: this.#token }
  }
}
const refuses = (): never => {
  throw new Error('do not touch')
}

const same: Readonly<Record<string, unknown>> = {
  'a date': new Date(0),
  'a map': new Map([['a', { b: new Set([1]) }]]),
  'a set': new Set(['a']),
  'an instance of a class': new Account('mill', 'race'),
  'an error': new TypeError('no', { cause: new Error('why') }),
  bytes: new Uint8Array([1, 2, 3]),
  'a buffer of bytes': new ArrayBuffer(8),
  'a regular expression': /a/u,
  'a URL': new URL('https://mill.example/?a=1'),
  'an object without prototype': Object.assign(Object.create(null) as object, { a: 1 }),
  'a list with NaN': [Number.NaN, -0, undefined, null, 1n, Symbol.iterator, refuses],
}
for (const [what, data] of Object.entries(same))
  test(`gives ${what} without secrets as it is`, () => {
    assert.is(clean(data), data)
    const outer = { secret, deep: [data] }
    const cleaned = clean(outer) as typeof outer
    assert.is(cleaned.secret, '[secret]')
    assert.is(cleaned.deep, outer.deep, 'also within what has some')
  })

test('masks keys and nested values, and leaves the rest the very same', () => {
  const rest = { a: [1] }
  const data = { [secret]: [{ deep: `x${secret}` }], rest }
  const cleaned = clean(data) as typeof data
  assert.equal(cleaned as unknown, { '[secret]': [{ deep: 'x[secret]' }], rest: { a: [1] } })
  assert.is(cleaned.rest, rest)
  assert.is(data[secret]?.[0]?.deep, `x${secret}`, 'what was given is not touched')
})

test('cleans the keys and values of a map, and the members of a set', () => {
  const cleaned = clean({ map: new Map<unknown, unknown>([[secret, 1], ['b', [secret]]]), set: new Set([secret, 'c']) }) // prettier-ignore
  const { map, set } = cleaned as { map: Map<unknown, unknown>; set: Set<unknown> }
  assert.instance(map, Map)
  assert.equal([...map], [['[secret]', 1], ['b', ['[secret]']]]) // prettier-ignore
  assert.instance(set, Set)
  assert.equal([...set], ['[secret]', 'c'])
})

test('copies an error that has a secret anywhere, as an error', () => {
  const cause = new RangeError(`not ${secret}`)
  const error = Object.assign(new TypeError('no', { cause }), { code: 'E1' })
  const cleaned = clean(error) as typeof error
  assert.instance(cleaned, Error)
  assert.is.not(cleaned, error)
  const { name, message, code } = cleaned
  assert.equal({ name, message, code }, { name: 'TypeError', message: 'no', code: 'E1' })
  const inner = cleaned.cause as Error
  assert.equal({ name: inner.name, message: inner.message }, { name: 'RangeError', message: 'not [secret]' })
  assert.not.ok(inner.stack?.includes(secret), inner.stack)
  assert.match(inner.stack ?? '', 'RangeError: not [secret]')
  assert.equal(Object.keys(cleaned), ['code'])
})

test('cleans the errors of an aggregate', () => {
  const cleaned = clean(new AggregateError([new Error(secret)], 'two')) as AggregateError
  assert.is((cleaned.errors[0] as Error).message, '[secret]')
})

test('keeps a circle a circle, with and without a secret in it', () => {
  const innocent: Record<string, unknown> = { a: 1 }
  innocent['self'] = innocent
  assert.is(clean(innocent), innocent)

  const circle: Record<string, unknown> = { a: { text: secret } }
  circle['self'] = circle
  const cleaned = clean(circle) as Record<string, unknown>
  assert.is(cleaned['self'], cleaned)
  assert.equal(cleaned['a'], { text: '[secret]' })
})

test('cleans an error that a client makes, whose request and answer hold each other', () => {
  const request: Record<string, unknown> = { headers: { authorization: `Bearer ${secret}` } }
  const response: Record<string, unknown> = { status: 500, request }
  request['res'] = response
  const error = Object.assign(new Error('status 500'), { response })
  const cleaned = clean(error) as { response: { status: number; request: { headers: unknown; res: unknown } } }
  assert.equal(cleaned.response.request.headers, { authorization: '[secret]' })
  assert.is(cleaned.response.request.res, cleaned.response)
  assert.is(cleaned.response.status, 500)
})

test('cleans data nested far deeper than a stack goes', () => {
  let deep: unknown = secret
  for (let level = 0; level < 50_000; level++) deep = [deep]
  let cleaned = clean(deep)
  for (let level = 0; level < 50_000; level++) cleaned = (cleaned as unknown[])[0]
  assert.is(cleaned, '[secret]')
})

test('tells of a getter that throws in its place, and of the rest as it is', () => {
  const data = Object.defineProperty({ a: secret, c: 1 }, 'b', { get: refuses, enumerable: true })
  assert.equal(clean(data), { a: '[secret]', c: 1, b: '[not readable]' })
})

test('tells of what refuses to be looked at in its place', () => {
  const proxy = new Proxy({}, { get: refuses, has: refuses, ownKeys: refuses, getPrototypeOf: refuses })
  assert.equal(clean([proxy, 1]), ['[not readable]', 1])
})

test('makes of an instance of a class with a secret its fields', () => {
  assert.equal(clean(new Account('mill', secret)), { name: 'mill', note: '[secret]' })
})

const said: Readonly<Record<string, readonly [data: unknown, cleaned: unknown]>> = {
  'its JSON': [new Sealed(), { token: '[secret]' }],
  'the text of a URL': [new URL(`https://mill.example/${secret}`), 'https://mill.example/[secret]'],
  'the text of a query': [new URLSearchParams({ a: secret }), 'a=[secret]'],
  'the text of a regular expression': [new RegExp(secret, 'u'), '/[secret]/u'],
}
for (const [what, [data, cleaned]] of Object.entries(said))
  test(`cleans what an object says of itself: ${what}`, () => assert.equal(clean(data), cleaned))

test('gives up on objects that say they are other objects, without end', () => {
  class Endless {
    toJSON(): unknown {
      return new Endless()
    }
  }
  assert.is(clean(new Endless()), '[not readable]')
})

const bytes = new TextEncoder().encode(`key=${secret};`)
const odd = 'käse-und-brot'
const byteRows: Readonly<Record<string, unknown>> = {
  'an array of bytes': bytes,
  'a Buffer': Buffer.from(bytes),
  'an ArrayBuffer': bytes.buffer,
  'a DataView': new DataView(bytes.buffer),
  'a part of a larger array': new Uint8Array([...bytes, 1, 2, 3]).subarray(2),
  'bytes in base64': Buffer.from(Buffer.from(bytes).toString('base64')),
}
for (const [what, data] of Object.entries(byteRows))
  test(`leaves out ${what} with a secret among them`, () => assert.equal(clean([data]), ['[secret]']))

test('finds a secret beyond ASCII among bytes', () => {
  const made = redaction()
  made.conceal(odd)
  assert.is(made.clean<unknown>(Buffer.from(`<${odd}>`)), '[secret]')
  assert.is(made.clean(`<${odd}>`), '<[secret]>')
})

test.run()

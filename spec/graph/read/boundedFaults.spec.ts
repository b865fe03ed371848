import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { closed } from '../../../src/model/codec/closed.js'
import { array, record } from '../../../src/model/codec/collections.js'
import { integer } from '../../../src/model/codec/values.js'
import { describeFault } from '../../../src/model/fault/describeFault.js'
import { faultCount } from '../../../src/model/fault/faultList.js'
import { decodePlan } from '../../../src/graph/read/decodePlan.js'
import { decodingFaults } from '../../../src/graph/params/decodingFaults.js'
import { faultsOf } from '../../support/graphs.js'

const test = suite('faults without end')

const many = 300_000
// Short of what one object may have.
const manyFields = 90_000
const fields = (length = manyFields): object => Object.fromEntries(Array.from({ length }, (_, index) => [`field${index}`, 1]))
const write = { type: 'file', operation: 'write', params: { path: 'a', content: '' } }

const endless: readonly (readonly [title: string, plan: () => unknown, most?: number])[] = [
  ['unknown fields of a plan', () => ({ operations: [], ...fields() })],
  ['unknown fields of an operation', () => [{ ...write, ...fields() }]],
  ['unknown fields of params', () => [{ ...write, params: { path: 'a', content: '', ...fields() } }]],
  ['unknown fields of params with a reference', () => [{ ...write, params: { path: { $ref: 'op1' }, content: '', ...fields() } }]],
  ['wrong members of a list', () => [{ type: 'shell', operation: 'run', params: { command: Array.from({ length: many }, () => 1) } }]],
  ['wrong members of an object', () => [{ type: 'shell', operation: 'run', params: { command: ['a'], env: fields() } }]],
  ['wrong dependencies', () => [{ ...write, dependencies: Array.from({ length: many }, (_, index) => `nobody${index}`) }]],
  ['wrong names to return', () => ({ operations: [], returns: Array.from({ length: many }, (_, index) => `nobody${index}`) })],
  ['numbers that are not exact', () => [{ ...write, params: { path: 'a', content: { n: Array.from({ length: many }, () => 2 ** 60) } } }]],
]

for (const [title, plan] of endless)
  test(`of many ${title} the first hundred are listed, and the number of the others`, () => {
    const texts = faultsOf(plan())
    assert.is(texts.length, 101)
    const [, further] = /^… and ([\d,]+) more faults\.$/.exec(texts.at(-1)!) ?? []
    assert.ok(
      Number(further?.replaceAll(',', '')) + 100 >= (title.includes('fields') || title.includes('object') ? manyFields : many),
      texts.at(-1),
    )
  })

test('an object with more fields than one may have is one fault, whatever is in it', () => {
  const told = (at: string): string =>
    `${at}100,001 fields are more than the 100,000 allowed in one object.\nWrite a list, or several objects.`
  assert.equal(faultsOf({ 'x-data': fields(100_001), operations: [{}] }), [told('x-data: ')])
  assert.equal(faultsOf([write, { ...write, params: { path: 'a', content: fields(100_001) } }]), [told('operations[1].params.content: ')])
  assert.is(decodePlan({ 'x-data': fields(100_000), operations: [] })._tag, 'Right')
})

test('a codec inside others counts what it does not list, once', () => {
  const codec = closed('rows', { rows: array(record(integer())) }, {})
  const value = {
    rows: Array.from({ length: 10 }, () => Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`k${index}`, 'x']))),
  }
  const decoded = codec.decode(value)
  const faults = decoded._tag === 'Left' ? decodingFaults(decoded.left, value, []) : []
  assert.is(faults.length, 101)
  assert.is(faultCount(faults), 2_000)
})

test('the hundred listed are the first of the plan, whatever found them', () => {
  const form = { ...write, nobody: 1 } // Found as the form is read, before the references of the others.
  const reference = { ...write, params: { path: { $ref: 'nobody' }, content: '' } }
  const plan = Array.from({ length: 300 }, (_, index) => (index % 2 === 0 ? reference : form))
  const places = faultsOf(plan)
    .slice(0, 100)
    .map((text) => /operations\[(\d+)\]/.exec(text)?.[1])
  assert.equal(
    places,
    Array.from({ length: 100 }, (_, index) => String(index)),
  )
})

const inexact: readonly (readonly [title: string, value: unknown, text: RegExp])[] = [
  ['a whole number beyond 2^53', JSON.parse('1234567890123456789'), /whole number 1234567890123456800 is beyond 2\^53/],
  ['the first number beyond', 2 ** 53, /is beyond 2\^53/],
  ['a negative one', -(2 ** 53), /is beyond 2\^53/],
  ['a number too large to be one', JSON.parse('1e400'), /Infinity is not a JSON value/],
  ['infinity', -Infinity, /-Infinity is not a JSON value/],
  ['what is no number', NaN, /NaN is not a JSON value/],
  ['the first half of a pair', 'a\ud83d', /half of a surrogate pair/],
  ['the second half of one', '\ude00b', /half of a surrogate pair/],
]

for (const [title, value, text] of inexact) {
  test(`refuses ${title}, wherever a plan holds it`, () => {
    for (const held of [value, { deep: [value] }, [[value]]]) {
      const texts = faultsOf([{ type: 'test', operation: 'echo', params: { value: held } }])
      assert.is(texts.length, 1)
      assert.match(texts[0]!, text)
    }
    assert.ok(faultsOf([{ ...write, fallback: value }]).length > 0)
  })
  test(`a form check refuses ${title} too`, () => {
    const decoded = decodePlan([{ type: 'a', operation: 'b', params: { value } }])
    assert.match(decoded._tag === 'Left' ? describeFault(decoded.left[0]) : '', text)
  })
}

for (const value of [2 ** 53 - 1, -(2 ** 53) + 1, 1.5, Number('0.1234567890123456789'), '😀', ''])
  test(`takes ${JSON.stringify(value)}`, () => {
    assert.equal(faultsOf([{ type: 'test', operation: 'echo', params: { value } }]), [])
  })

test('refuses half of a pair in a key', () => {
  const texts = faultsOf([{ type: 'test', operation: 'echo', params: { value: { 'a\ud800': 1 } } }])
  assert.match(texts.join(), /half of a surrogate pair/)
})

test('a message of 40,000 levels is refused by its depth alone, soon', () => {
  let value: unknown = 'deep'
  for (let level = 0; level < 40_000; level++) value = level % 2 === 0 ? [value] : { a: value }
  for (const plan of [value, { operations: value }, [{ ...write, params: { path: 'a', content: value } }]]) {
    const texts = faultsOf(plan)
    assert.is(texts.length, 1)
    assert.match(texts[0]!, /nested more than 64 levels|expected a plan/)
  }
})

test.run()

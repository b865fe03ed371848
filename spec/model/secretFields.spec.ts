import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { hasMarker, hasSecret, seenIn } from '../../src/graph/params/paramsScan.js'
import { eachSecretText, isSecretField, secretFieldNames, withoutSecrets } from '../../src/model/secretFields.js'

const test = suite('secret fields')

test('are known by any case, with -, _ or neither between words', () => {
  for (const name of ['Authorization', 'API_KEY', 'api-key', 'apiKey', 'X-Api-Key', 'set-cookie', 'clientSecret', 'TOKEN', 'private-key'])
    assert.ok(isSecretField(name), name)
})

test('are not known by a part of their name', () => {
  for (const name of ['tokens', 'path', 'secretary', 'key', 'author', '', 'x'.repeat(1_000_000)]) assert.not.ok(isSecretField(name), name)
})

test('are each on the published list by their own name', () => {
  for (const name of secretFieldNames) assert.ok(isSecretField(name), name)
})

const value = { user: 'ada', auth: [{ token: 'a', n: 1 }, { cookie: { all: ['b', '', 5] } }] }

test('tells every text under them, however deep', () => {
  const told: string[] = []
  eachSecretText(value, (text) => told.push(text))
  assert.equal(told, ['a', 'b'])
})

test('are known in letters that are only small ones of theirs', () => {
  assert.ok(isSecretField('TO\u212aEN')) // The sign for kelvin, whose small letter is k.
})

test('finds whether there is one', () => {
  assert.is(seenIn(value), hasSecret)
  assert.is(seenIn({ user: 'token', list: ['password'] }), 0)
  assert.is(seenIn({ list: [{ a: { $ref: 'b' } }], token: 'c' }), hasMarker | hasSecret)
})

test('puts them out of sight, and the rest stays', () => {
  assert.equal(withoutSecrets(value), { user: 'ada', auth: [{ token: '[secret]', n: 1 }, { cookie: '[secret]' }] })
  const open = { user: ['ada', { n: 1 }] }
  assert.is(withoutSecrets(open), open)
})

test('keeps hostile keys as data', () => {
  const hostile: unknown = JSON.parse('{"__proto__": {"token": "a"}}')
  assert.is(JSON.stringify(withoutSecrets(hostile)), '{"__proto__":{"token":"[secret]"}}')
})

test.run()

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isSecretField, secretFieldNames } from '../../../src/model/secrets/secretFields.js'

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

test('are known in letters that are only small ones of theirs', () => {
  assert.ok(isSecretField('TO\u212aEN')) // The sign for kelvin, whose small letter is k.
})

test.run()

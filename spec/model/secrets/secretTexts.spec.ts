import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { hasMarker, hasSecret, seenIn } from '../../../src/graph/params/paramsScan.js'
import { eachSecretText, withoutSecrets } from '../../../src/model/secrets/secretTexts.js'

const test = suite('secret texts')

const value = {
  user: 'ada',
  auth: [{ token: 'a token long enough', n: 1 }, { cookie: { all: ['a cookie, too', 'short', '', 5] } }],
  env: { GITHUB_TOKEN: 'ghp_of_the_ci', HOME: '/home/ada', password: 'password' },
}

function toldOf(data: unknown): readonly string[] {
  const told: string[] = []
  eachSecretText(data, (text) => told.push(text))
  return told
}

test('tells every text under a secret name that is long enough to be looked for, however deep', () => {
  assert.equal(toldOf(value), ['a token long enough', 'a cookie, too', 'ghp_of_the_ci'])
})

test('finds whether there is one', () => {
  assert.is(seenIn(value), hasSecret)
  assert.is(seenIn({ user: 'token', list: ['password'] }), 0)
  assert.is(seenIn({ list: [{ a: { $ref: 'b' } }], token: 'c' }), hasMarker | hasSecret)
  assert.is(seenIn({ env: { DB_PASSWORD: 'c' } }), hasSecret)
  assert.is(seenIn({ env: { $literal: { DB_PASSWORD: 'c' } } }), hasMarker | hasSecret)
  assert.is(seenIn({ DB_PASSWORD: 'c' }), 0)
})

test('hides texts alone, however short, and the rest stays', () => {
  assert.equal(withoutSecrets(value), {
    user: 'ada',
    auth: [{ token: '[secret]', n: 1 }, { cookie: { all: ['[secret]', '[secret]', '', 5] } }],
    env: { GITHUB_TOKEN: '[secret]', HOME: '/home/ada', password: '[secret]' },
  })
  const open = { user: ['ada', { n: 1, token: 5, password: true }] }
  assert.is(withoutSecrets(open), open)
})

test('keeps hostile keys as data', () => {
  const hostile: unknown = JSON.parse('{"__proto__": {"token": "a"}}')
  assert.is(JSON.stringify(withoutSecrets(hostile)), '{"__proto__":{"token":"[secret]"}}')
})

test.run()

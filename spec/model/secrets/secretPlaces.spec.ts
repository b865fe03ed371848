import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isSecretAt, isSecretVariable, placeBelow } from '../../../src/model/secrets/secretPlaces.js'

const test = suite('secret places')

const secretVariables = [
  'GITHUB_TOKEN',
  'DB_PASSWORD',
  'PGPASSWORD',
  'MYSQL_PWD',
  'SMTP_PASS',
  'STRIPE_KEY',
  'AWS_SECRET_ACCESS_KEY',
  'CLIENT_SECRET',
  'npm_config__auth',
  'X-Api-Key',
  'x-goog-api-key',
  'X-Vault-Token',
  'x-csrf-token',
  'Private-Token',
  'Set-Cookie',
  'Authorization',
  'githubToken',
  'Ocp-Apim-Subscription-Key',
]
const openVariables = [
  'PATH',
  'HOME',
  'PWD',
  'KEY',
  'MAX_TOKENS',
  'maxTokens',
  'x-ratelimit-remaining-tokens',
  'nextPageToken',
  'X-Next-Page-Token',
  'X-Continuation-Token',
  'SSH_PUBLIC_KEY',
  'Idempotency-Key',
  'TOKENIZERS_PARALLELISM',
  'SSH_AUTH_SOCK',
  'ETag',
  '',
]
for (const name of secretVariables) test(`the variable or header ${name} is secret`, () => assert.ok(isSecretVariable(name)))
for (const name of openVariables) test(`the variable or header "${name}" is not`, () => assert.not.ok(isSecretVariable(name)))

test('more names are secret in env and headers than elsewhere', () => {
  assert.is(placeBelow('open', 'GITHUB_TOKEN'), 'open')
  assert.is(placeBelow('open', 'token'), 'secret')
  for (const holder of ['env', 'Env', 'environment', 'headers', 'requestHeaders', 'response_headers', 'Headers'])
    assert.is(placeBelow(placeBelow('open', holder), 'GITHUB_TOKEN'), 'secret', holder)
  for (const other of ['envelope', 'header', 'params', 'e'.repeat(40)]) assert.is(placeBelow('open', other), 'open', other)
})

test('all below a secret name is secret, what is deeper in env is not judged by the last word', () => {
  assert.ok(isSecretAt(['params', 'password', 'list', 0]))
  assert.ok(isSecretAt(['params', 'env', 'DB_PASSWORD']))
  assert.ok(isSecretAt(['params', 'env', '$literal', 'DB_PASSWORD']))
  assert.not.ok(isSecretAt(['params', 'env', 'x', 'DB_PASSWORD']))
  assert.not.ok(isSecretAt(['operations', 0, 'id']))
})

test.run()

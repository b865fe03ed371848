import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { redaction, type Redaction } from '../../../src/engine/secrets/redaction.js'

const test = suite('redaction')
const secret = 'canary/4f7a+"93\\b1'

function redactor(...secrets: readonly string[]): Redaction {
  const made = redaction()
  for (const each of secrets.length === 0 ? [secret] : secrets) made.conceal(each)
  return made
}

const encodings: readonly [name: string, text: string][] = [
  ['plain', secret],
  ['in JSON', JSON.stringify({ secret })],
  ['in JSON within JSON', JSON.stringify(JSON.stringify(secret))],
  ['in a URL', `https://x.example/?k=${encodeURIComponent(secret)}`],
  ['in hex', Buffer.from(secret).toString('hex')],
  ['in upper-case hex', Buffer.from(secret).toString('hex').toUpperCase()],
  ['in base64', Buffer.from(secret).toString('base64')],
  ['in base64 after one character', Buffer.from(`a${secret}z`).toString('base64')],
  ['in base64 after two characters', Buffer.from(`ab${secret}`).toString('base64')],
  ['in base64url after a name', Buffer.from(`user:${secret}`).toString('base64url')],
]
for (const [name, text] of encodings)
  test(`masks a secret ${name}`, () => {
    const clean = redactor().clean(text)
    assert.not.ok(clean.includes('4f7a'), clean)
    assert.match(clean, '[secret]')
  })

test('masks a secret that is longer than a function takes arguments', () => {
  const long = Array.from({ length: 60_000 }, (_, n) => `${n}`.padStart(6, '-')).join('')
  const made = redactor(long)
  assert.ok(made.clean(`<${Buffer.from(long).toString('base64')}>`) === '<[secret]>', 'in base64')
  assert.ok(made.clean(`<${long}>`) === '<[secret]>', 'plain')
})

test('leaves data as it is, the very same object, when the run has no secret', () => {
  const data = { a: [1, 'b'] }
  assert.is(redaction().clean(data), data)
})

test('masks a short secret only where it is the whole value, and is no key and no figure', () => {
  assert.equal(redactor('ab').clean(['ab', 'abc', { ab: 1 }]), ['[secret]', 'abc', { ab: 1 }])
  assert.equal(redactor('7').clean(['7', 7]), ['[secret]', 7])
})

test('masks a figure that is a secret of at least four characters', () => {
  assert.equal(redactor('4711').clean([4711, 47110, 4711n] as unknown[]), ['[secret]', 47110, '[secret]'])
})

test('masks secrets that overlap as one, so that no part of either is left', () => {
  assert.is(redactor('abcd', 'bcdefgh').clean('<abcdefgh>'), '<[secret]>')
  assert.is(redactor('abcdef', 'cdef', 'cdefghij').clean('abcdefghij abcdef cdef'), '[secret] [secret] [secret]')
  assert.is(redactor('aaaa').clean('aaaaaaaaaab'), '[secret]b')
})

test('masks each of many secrets, whatever beginning and length they share', () => {
  const secrets = Array.from({ length: 3_000 }, (_, n) => `token-${String(n).padStart(4 + (n % 3), '0')}-${n % 7}`)
  const made = redactor(...secrets)
  for (const each of [0, 1, 2, 1_499, 2_998, 2_999]) assert.is(made.clean(`a ${secrets[each]!} b`), 'a [secret] b')
  assert.is(made.clean('a token-0 b'), 'a token-0 b')
})

test('of single operations forgets the oldest in time, of the run none', () => {
  const made = redaction()
  const tokens = Array.from({ length: 24_000 }, (_, n) => `once-${n.toString(36)}-${n}`)
  made.conceal('the secret of the run')
  for (const token of tokens) made.conceal(token, 'operation')
  assert.is(made.clean(tokens[0]!), tokens[0]!)
  for (const token of tokens.slice(-10_000)) assert.is(made.clean(token), '[secret]')
  assert.is(made.clean('the secret of the run'), '[secret]')
})

test('does not forget a secret of single operations while it is still given', () => {
  const made = redaction()
  for (let n = 0; n < 24_000; n++) {
    made.conceal(`once-${n}`, 'operation')
    made.conceal('ever the same', 'operation')
  }
  assert.is(made.clean('ever the same'), '[secret]')
})

test('forgets sooner when the secrets are long', () => {
  const made = redaction()
  for (let n = 0; n < 16; n++) made.conceal(`${n}`.padEnd(500_000, '-'), 'operation')
  assert.is.not(made.clean('0'.padEnd(500_000, '-')), '[secret]')
  assert.is(made.clean('15'.padEnd(500_000, '-')), '[secret]')
})

test('treats a hostile key as data', () => {
  const clean = redactor().clean(JSON.parse(`{"__proto__":{"polluted":${JSON.stringify(secret)}}}`) as object)
  assert.is(JSON.stringify(clean), '{"__proto__":{"polluted":"[secret]"}}')
  assert.is((Object.prototype as { polluted?: unknown }).polluted, undefined)
})

test('keeps the type and the figures of an error, and its words clean', () => {
  const error = {
    type: 'http-status',
    message: `http-status 4290 for ${secret}`,
    retryable: true,
    status: 429,
    retryAfterMs: 4290,
  } as const
  assert.equal(redactor(secret, '4290', 'http-status').cleanError(error), {
    type: 'http-status',
    message: '[secret] [secret] for [secret]',
    retryable: true,
    status: 429,
    retryAfterMs: 4290,
  })
})

test('gives an error without secrets as it is', () => {
  const error = { type: 'thrown', message: 'no', retryable: true, cause: new Error('no') } as const
  assert.is(redactor().cleanError(error), error)
})

test('cleans a secret in two thousand results of as many secrets in a fraction of what a second walk over all of them would take', () => {
  const steps = (count: number): number => {
    const made = redaction()
    const started = process.cpuUsage()
    for (let n = 0; n < count; n++) {
      const token = `token-${n}-${(n * 7919).toString(16)}`
      made.conceal(token)
      made.clean({ id: n, text: `answer for ${token}: it went well, and nothing else is to be said of it` })
    }
    const { user, system } = process.cpuUsage(started)
    return user + system
  }
  steps(500)
  // Four times as many take four times as long; sixteen times if each looked through all before it. Best of three: others use the machine.
  const few = Math.min(...[1, 2, 3].map(() => steps(2_000)))
  const many = Math.min(...[1, 2, 3].map(() => steps(8_000)))
  assert.ok(many < few * 10, `2,000: ${few} µs, 8,000: ${many} µs`)
})

test.run()

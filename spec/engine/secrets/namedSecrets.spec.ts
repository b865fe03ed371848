import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { redaction } from '../../../src/engine/secrets/redaction.js'

const test = suite('secrets by their names')

const clean = (data: unknown): unknown => redaction().clean(data)

const hidden: Readonly<Record<string, readonly [data: unknown, cleaned: unknown]>> = {
  'an answer with cookies and tokens': [
    {
      status: 200,
      headers: { 'set-cookie': ['sid=aaaabbbbcccc; Path=/', 'b=1'], 'x-csrf-token': 'csrf-1234', 'content-type': 'application/json' },
      body: { access_token: 'at-12345678', expires_in: 3600, user: { password: 'pw', name: 'ada' } },
    },
    {
      status: 200,
      headers: { 'set-cookie': ['[secret]', '[secret]'], 'x-csrf-token': '[secret]', 'content-type': 'application/json' },
      body: { access_token: '[secret]', expires_in: 3600, user: { password: '[secret]', name: 'ada' } },
    },
  ],
  'variables by their last word': [
    { env: { GITHUB_TOKEN: 'ghp_1', HOME: '/home/ada', MAX_TOKENS: '9' }, GITHUB_TOKEN: 'ghp_1' },
    { env: { GITHUB_TOKEN: '[secret]', HOME: '/home/ada', MAX_TOKENS: '9' }, GITHUB_TOKEN: 'ghp_1' },
  ],
  'all texts below a secret name': [
    { credentials: { user: 'ada', parts: ['a', 1, { b: 'c' }] } },
    { credentials: { user: '[secret]', parts: ['[secret]', 1, { b: '[secret]' }] } },
  ],
  'a text found by its name elsewhere in the same value': [
    { log: 'it is correct-horse', password: 'correct-horse' },
    { log: 'it is [secret]', password: '[secret]' },
  ],
  'members of a map': [new Map<string, unknown>([['token', 'abc'], ['n', 1]]), new Map<string, unknown>([['token', '[secret]'], ['n', 1]])], // prettier-ignore
  'headers in a map': [{ headers: new Map([['x-api-key', 'abc']]) }, { headers: new Map([['x-api-key', '[secret]']]) }],
  'bytes under a secret name': [{ secret: new Uint8Array([1, 2, 3]) }, { secret: '[secret]' }],
}
for (const [what, [data, cleaned]] of Object.entries(hidden)) test(`hides ${what}`, () => assert.equal(clean(data), cleaned))

const open: Readonly<Record<string, unknown>> = {
  'usage figures': { usage: { input_tokens: 12, output_tokens: '34', total_tokens: 46, maxTokens: 100 } },
  'page tokens': { nextPageToken: 'CAUQAA-long-enough', page_token: 'x', headers: { 'x-next-page-token': 'abcdefghij' } },
  'numbers and what is true or false': { token: 15, password: true, secret: null, cookie: undefined, credentials: [1, 2n] },
  'an empty text': { password: '' },
  'counts and names': { tokens: ['a', 'b'], secretary: 'Ann', passwords: 3, key: 'k', author: 'ada' },
  'a date and bytes': { when: new Date(0), bytes: new Uint8Array(3) },
}
for (const [what, data] of Object.entries(open)) test(`shows ${what}, as the very same object`, () => assert.is(clean(data), data))

test('looks for one elsewhere from eight characters on, for the rest of the run', () => {
  const made = redaction()
  made.clean({ password: 'tr0ub4dor', token: 'short12' })
  assert.is(made.clean('tr0ub4dor and short12'), '[secret] and short12')
  assert.is(made.clean('short12'), 'short12')
  assert.is(made.clean(Buffer.from('x tr0ub4dor').toString('base64')).includes('ub4'), false)
})

test('does not look for a text that is itself a secret name', () => {
  const made = redaction()
  assert.equal(made.clean({ password: 'password', note: 'the password is wrong' }), {
    password: '[secret]',
    note: 'the password is wrong',
  })
})

test('finds them in an error, in what caused it, and in what an object says it is', () => {
  const made = redaction()
  const cause = Object.assign(new Error('no'), { config: { headers: { Authorization: 'Bearer abcdefgh1234' } } })
  const cleaned = made.clean(new Error('status 401', { cause })) as Error & { cause: typeof cause }
  assert.equal(cleaned.cause.config, { headers: { Authorization: '[secret]' } })
  assert.is(made.clean('abcdefgh1234'), '[secret]', 'the token alone')
  class Session {
    toJSON(): object {
      return { access_token: 'of-the-session' }
    }
  }
  assert.equal(made.clean([new Session()]), [{ access_token: '[secret]' }])
  assert.is(made.clean('of-the-session'), '[secret]')
})

test('finds them in circles, far below any stack, behind getters that throw', () => {
  const circle: Record<string, unknown> = { deep: { password: 'in a circle' } }
  circle['self'] = circle
  const cleaned = clean(circle) as { self: unknown; deep: unknown }
  assert.is(cleaned.self, cleaned)
  assert.equal(cleaned.deep, { password: '[secret]' })

  let deep: unknown = { token: 'down there' }
  for (let level = 0; level < 50_000; level++) deep = { deep }
  let found = clean(deep)
  for (let level = 0; level < 50_000; level++) found = (found as { deep: unknown }).deep
  assert.equal(found, { token: '[secret]' })

  const refusing = Object.defineProperty({ token: 'x' }, 'other', {
    enumerable: true,
    get(): never {
      throw new Error('do not touch')
    },
  })
  assert.equal(clean(refusing), { token: '[secret]', other: '[not readable]' })
})

test('hides what stands under a secret name in one place and openly in another', () => {
  const shared = { user: 'ada' }
  assert.equal(clean({ open: shared, credentials: shared }), { open: { user: '[secret]' }, credentials: { user: '[secret]' } })
})

test('what was given is not touched', () => {
  const data = { password: 'abcdefghi' }
  clean(data)
  assert.equal(data, { password: 'abcdefghi' })
})

test.run()

import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { redaction } from '../../src/engine/redaction.js'

const test = suite('redaction')
const secret = 'canary/4f7a+"93\\b1'

function redactor(): ReturnType<typeof redaction> {
  const made = redaction()
  made.conceal(secret)
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

test('masks keys, nested values and the messages of errors', () => {
  const error = Object.assign(new Error(`no ${secret}`), { code: 'E1' })
  const clean = redactor().clean({ [secret]: [{ deep: `x${secret}` }], cause: error })
  assert.equal(clean as unknown, { '[secret]': [{ deep: 'x[secret]' }], cause: { name: 'Error', message: 'no [secret]', code: 'E1' } })
})

test('leaves data as it is, the very same object, when the run has no secret', () => {
  const data = { a: [1, 'b'] }
  assert.is(redaction().clean(data), data)
})

test('masks a short secret only where it is the whole value', () => {
  const made = redaction()
  made.conceal('ab')
  assert.equal(made.clean(['ab', 'abc']), ['[secret]', 'abc'])
})

test('finds a secret that a stream gives in pieces, wherever it is cut', () => {
  const text = `before ${secret} between ${encodeURIComponent(secret)} after`
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 30, maxLength: 30 }), (sizes) => {
      const made = redactor()
      let told = ''
      let from = 0
      for (const size of sizes) {
        told += made.cleanStream('out', text.slice(from, from + size))
        from += size
      }
      told += made.cleanStream('out', text.slice(from)) + made.flush('out')
      assert.is(told, 'before [secret] between [secret] after')
    }),
  )
})

test('treats a hostile key as data', () => {
  const clean = redactor().clean(JSON.parse('{"__proto__":{"polluted":true}}') as object)
  assert.is(JSON.stringify(clean), '{"__proto__":{"polluted":true}}')
  assert.is((Object.prototype as { polluted?: unknown }).polluted, undefined)
})

test.run()

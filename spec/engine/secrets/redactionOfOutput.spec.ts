import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { redaction, type Redaction } from '../../../src/engine/secrets/redaction.js'

const test = suite('redaction of output')
const secret = 'canary/4f7a+"93\\b1'
const owner = {}

/** All that is told of a text that comes in these pieces. */
function toldOf(made: Redaction, pieces: readonly string[]): string {
  return pieces.map((piece) => made.cleanOutput(owner, 'stdout', piece)).join('') + made.flush(owner, 'stdout')
}

function redactor(...secrets: readonly string[]): Redaction {
  const made = redaction()
  for (const each of secrets) made.conceal(each)
  return made
}

function cutInto(text: string, sizes: readonly number[]): readonly string[] {
  const pieces: string[] = []
  let from = 0
  for (const size of sizes) {
    pieces.push(text.slice(from, from + size))
    from += size
  }
  return [...pieces, text.slice(from)]
}

test('finds a secret that is given in pieces, wherever it is cut', () => {
  const text = `before ${secret} between ${encodeURIComponent(secret)} after`
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 30, maxLength: 30 }), (sizes) => {
      assert.is(toldOf(redactor(secret), cutInto(text, sizes)), 'before [secret] between [secret] after')
    }),
  )
})

test('tells the same in pieces as in one, whatever secrets and text', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 4, maxLength: 9 })
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 80 })
  fc.assert(
    fc.property(
      fc.array(letters, { minLength: 1, maxLength: 4 }),
      text,
      fc.array(fc.nat(7), { maxLength: 20 }),
      (secrets, whole, sizes) => {
        const made = redactor(...secrets)
        assert.is(toldOf(made, cutInto(`${whole}!`, sizes)), made.clean(`${whole}!`))
        assert.not.ok(made.holds())
      },
    ),
  )
})

test('holds back no more than may be the beginning of a secret, and nothing at all after the end of one', () => {
  const made = redactor('abcdefghij')
  assert.is(made.cleanOutput(owner, 'stdout', 'xyz ab'), 'xyz ')
  assert.is(made.cleanOutput(owner, 'stdout', 'x'), 'abx')
  assert.is(made.cleanOutput(owner, 'stdout', 'abcdefghij'), '[secret]')
  assert.not.ok(made.holds())
})

test('holds back a bounded end of an endless output that is all secret', () => {
  const made = redactor('aaaaaaaa')
  let told = ''
  for (let n = 0; n < 1_000; n++) told += made.cleanOutput(owner, 'stdout', 'aaaaa')
  assert.is(told, '[secret]')
  assert.is(made.cleanOutput(owner, 'stdout', 'bbbb'), 'bbbb')
})

test('keeps outputs of different tasks and streams apart', () => {
  const made = redactor('abcdef')
  const other = {}
  made.cleanOutput(owner, 'stdout', 'abc')
  made.cleanOutput(owner, 'stderr', 'ab')
  made.cleanOutput(other, 'stdout', 'a')
  assert.equal([made.flush(owner, 'stdout'), made.flush(owner, 'stderr'), made.flush(other, 'stdout')], ['abc', 'ab', 'a'])
  assert.not.ok(made.holds())
})

test('masks what is held back when it has become a secret', () => {
  const made = redactor('abcdef')
  assert.is(made.cleanOutput(owner, 'stdout', 'abcd'), '')
  made.conceal('bcd-')
  assert.is(made.cleanOutput(owner, 'stdout', '-!!'), 'a[secret]!!')
})

test.run()

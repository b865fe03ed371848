import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { quoteValue as quote } from '../../src/model/fault/quote.js'
import { redaction, type Redaction } from '../../src/engine/secrets/redaction.js'
import { transformations } from './transformations.js'

const test = suite('a secret in whatever is made of it')

// Nothing of this length stands in the texts around it, in no encoding.
const shortestPiece = 7

const oneOf = (characters: string): fc.Arbitrary<string> => fc.constantFrom(...characters.split(''))
const letters = fc.string({ unit: oneOf('abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'), minLength: 10, maxLength: 24 })
const signs = fc.string({ unit: oneOf('/+=&?#%"\\\'<>`{}[]^|~!*();:@,$. _-é€\u200b\n\t'), maxLength: 5 })

/** Secrets of many kinds: each has a core of letters and digits that is looked for afterwards. */
const secrets = fc.tuple(signs, letters, signs, fc.constantFrom('plain', 'bearer', 'url', 'lines')).map(([before, core, after, kind]) => {
  switch (kind) {
    case 'plain':
      return { core, secret: `${before.trimStart()}${core}${after.trimEnd()}` }
    case 'bearer':
      return { core, secret: `Bearer ${core}` }
    case 'url':
      return { core, secret: `https://hooks.example.com/t/${core}?a=1` }
    case 'lines':
      return { core, secret: `-- BEGIN --\n${core}${before.replaceAll('\n', '')}${core}\n-- END --\n` }
  }
})

/** Whether a text shows a piece of the core, as it is or in hex, base64 or UTF-16. */
function shows(text: string, core: string): boolean {
  const pieces = Array.from({ length: core.length - shortestPiece + 1 }, (_, at) => core.slice(at, at + shortestPiece))
  const tight = text.replace(/[\s\0]+/g, '')
  const hex = tight.match(/[0-9a-f]{16,}/gi) ?? []
  const base64 = tight.match(/[\w+/-]{10,}/g) ?? []
  const decoded = [
    tight,
    ...hex.flatMap((run) => [run, run.slice(1)].map((each) => Buffer.from(each, 'hex').toString('latin1'))),
    ...base64.flatMap((run) => [0, 1, 2, 3].map((start) => Buffer.from(run.slice(start), 'base64').toString('latin1'))),
  ]
  return decoded.some((each) => pieces.some((piece) => each.replaceAll('\0', '').includes(piece)))
}

function redactor(secret: string): Redaction {
  const made = redaction()
  made.conceal(secret)
  return made
}

const around = fc.constantFrom('', 'at ', 'x', '{"a":"', 'the answer of it is: ', 'k=')

for (const [name, transform] of Object.entries(transformations)) {
  test(`is not shown ${name}, wherever the text is cut`, () =>
    fc.assert(
      fc.property(secrets, around, around, fc.nat(1000), ({ secret, core }, before, after, cut) => {
        const clean = redactor(secret).redact(`${before}${transform(secret)}${after}`)
        const at = cut % (clean.length + 1)
        for (const piece of [clean, clean.slice(0, at), clean.slice(at)]) assert.not(shows(piece, core), `${piece} shows ${core}`)
      }),
      { numRuns: 60 },
    ))

  test(`is not shown ${name}, in whatever pieces it comes`, () =>
    fc.assert(
      fc.property(
        secrets,
        around,
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 20 }),
        ({ secret, core }, before, sizes) => {
          const stream = redactor(secret).redactStream()
          const text = `${before}${transform(secret)} and more`
          let told = ''
          for (let from = 0, n = 0; from < text.length; n++) {
            const size = sizes[n % sizes.length]!
            told += stream.add(text.slice(from, from + size))
            // What is told of a text that breaks off here shows nothing either.
            assert.not(shows(told, core), `${told} shows ${core}`)
            from += size
          }
          told += stream.end()
          assert.not(shows(told, core), `${told} shows ${core}`)
          assert.match(told, / more$/)
        },
      ),
      { numRuns: 40 },
    ))
}

test('is not shown by a value quoted in a few letters, once its texts are redacted', () =>
  fc.assert(
    fc.property(secrets, around, ({ secret, core }, before) => {
      const { redact } = redactor(secret)
      for (const value of [before + secret, [before, secret], { [secret]: `${'-'.repeat(60)}${secret}` }])
        assert.not(shows(quote(value, redact), core), quote(value, redact))
    }),
  ))

test('the search of this spec finds it where nothing is masked', () =>
  fc.assert(
    fc.property(secrets, ({ secret, core }) => {
      for (const name of ['as it is', 'JSON within JSON', 'a file read as base64', 'in hex', 'in wrapped base64', 'in base64 of UTF-16'])
        assert.ok(shows(transformations[name]!(secret), core), name)
    }),
  ))

test.run()

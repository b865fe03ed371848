import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { shownSentences, sources } from './shown.js'
import { textsIn } from './textsIn.mjs'

const test = suite('the sentences that the code shows')

test('those shown most often are the ones that were read: node spec/docs/sentences/write.mjs writes them, to read what changed', () => {
  assert.fixture(shownSentences(), readFileSync('spec/docs/sentences/shown.txt', 'utf8'))
})

/** Words that other tools and models use, and programs in other languages. */
const notEnglish = /fieldMeant|otherWords|meanings|watcherScript|starter|completion\/(bash|zsh|fish)/

const texts = sources()
  .filter((path) => !notEnglish.test(path))
  .flatMap((path) => textsIn(readFileSync(path, 'utf8')).map((text) => ({ path, text })))

const rules: readonly (readonly [what: string, words: RegExp])[] = [
  ['may, whom, told, nobody, mend, behind', /(?<![-\w`"])(may|whom|told|nobody|mend|behind)(?![-\w])/i],
  ['so, which hides what follows from what', /, so\b|\bso that\b|^So (?!far)/],
  ['as it stands, what is not, in the stead', /\b(as it stands|what is not|in the stead|has to be done)\b/i],
  ['is no thing, where English says is not a thing', /(?<!\b[Tt]here )\b(is|are) no (?!longer\b|such\b)/],
]

for (const [what, words] of rules)
  test(`have no "${what}"`, () =>
    assert.equal(
      texts.filter(({ text }) => words.test(text)),
      [],
    ))

const most = 30

test(`have at most ${most} words`, () => {
  for (const { path, text } of texts)
    for (const sentence of text.split(/(?<=[.:;!?)])\s+|\n/)) {
      const words = sentence.split(/\s+/).length
      assert.ok(words <= most, `${path}: ${words} words: ${sentence}`)
    }
})

test('texts are found in templates, within templates, and in quotes of either kind', () => {
  const source = "const a = `one ${b ? `two ${c} three` : 'it is none'} four`\n// not this one\nconst d = \"it's this text\""
  assert.equal(textsIn(source), ['two … three', 'it is none', 'one … four', "it's this text"])
})

test.run()

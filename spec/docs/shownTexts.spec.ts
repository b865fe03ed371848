import { readdirSync, readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const test = suite('what pages show of the output')

const filesBelow = (folder: string, end: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((path) => (path.endsWith(end) ? [`${folder}/${path}`] : []))

const source = filesBelow('src', '.ts')
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n')

/** What the shown runs, plans and users say themselves. */
const ofTheExample = /greets by name|adds what is in the basket|Which branch|as it takes|pack and publish|not ok/

/** Phrases of three words and more: without numbers, names in quotes, and what stands between punctuation. */
function phrasesOf(block: string): readonly string[] {
  return block
    .split('\n')
    .filter((line) => !/^[$[{]|\|/.test(line) && !ofTheExample.test(line))
    .flatMap((line) => line.replace(/[,.:;()]+(?=\s|$)/g, '\n').split(/"[^"]*"|\S*[^\p{L}\s'-]\S*|\n|\s{2,}/u))
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase.split(' ').filter((word) => /^\p{L}{2,}/u.test(word)).length >= 3)
}

/**
 * Whether the code has this phrase, but for words that it fills in: half of the runs of three words are there (of two, in a phrase of three).
 * A sentence that was written anew shares less with the old one.
 */
function isInCode(phrase: string): boolean {
  const words = phrase.split(' ')
  const length = words.length === 3 ? 2 : 3
  const runs = words.slice(length - 1).map((_, index) => words.slice(index, index + length).join(' '))
  return runs.filter((run) => source.includes(run)).length >= runs.length / 2
}

const pages = ['README.md', ...filesBelow('docs', '.md').filter((path) => !path.startsWith('docs/api'))]
for (const path of pages) {
  const blocks = [...readFileSync(path, 'utf8').matchAll(/^`{3,4}text\n([^]*?)^`{3,4}$/gm)].map(([, block]) => block!)
  const phrases = blocks.flatMap(phrasesOf)
  if (phrases.length === 0) continue
  test(`${path} has the words that the code has`, () =>
    assert.equal(
      phrases.filter((phrase) => !isInCode(phrase)),
      [],
    ))
}

test.run()

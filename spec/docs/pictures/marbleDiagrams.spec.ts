import { suite } from 'uvu'
import { marbles } from '../../support/marbles.js'
import { marbleDiagrams } from './marbleDiagrams.js'

const test = suite('marble diagrams')

for (const diagram of marbleDiagrams) {
  test(`${diagram.code} does what its diagram shows`, () =>
    marbles((helpers) => helpers.expectObservable(diagram.run(helpers)).toBe(diagram.expected, diagram.labels)))
}

test.run()

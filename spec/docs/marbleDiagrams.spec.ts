import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { marbles } from '../support/marbles.js'
import { drawMarbles } from './drawMarbles.js'
import { marbleDiagrams } from './marbleDiagrams.js'

const test = suite('marble diagrams')

for (const diagram of marbleDiagrams) {
  test(`${diagram.code} does what its diagram shows`, () =>
    marbles((helpers) => helpers.expectObservable(diagram.run(helpers)).toBe(diagram.expected, diagram.labels)))

  test(`${diagram.code} has the picture of its diagram: node spec/docs/marblePictures.mjs draws it`, () =>
    assert.is(readFileSync(`docs/images/marbles/${diagram.name}.svg`, 'utf8'), drawMarbles(diagram)))
}

test.run()

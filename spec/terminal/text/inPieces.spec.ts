import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { inPieces } from '../../../src/terminal/text/inPieces.js'

const test = suite('inPieces')

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('what is told in one turn goes out in one piece', async () => {
  const pieces: string[] = []
  const { write } = inPieces((text) => pieces.push(text))
  write('a')
  await Promise.resolve()
  write('b')
  assert.equal(pieces, [])
  await turn()
  assert.equal(pieces, ['ab'])
  write('c')
  await turn()
  assert.equal(pieces, ['ab', 'c'])
})

test('a large piece does not wait for the end of the turn, and answers what its writing came to', async () => {
  const pieces: number[] = []
  const { write } = inPieces((text) => {
    pieces.push(text.length)
    return 'written'
  })
  assert.is(write('a'), undefined)
  assert.is(write('b'.repeat(64 * 1024)), 'written')
  await turn()
  assert.equal(pieces, [64 * 1024 + 1])
})

test('flush writes what is held back, and nothing when nothing is', async () => {
  const pieces: string[] = []
  const { write, flush } = inPieces((text) => pieces.push(text))
  flush()
  write('a')
  assert.is(flush(), 1)
  await turn()
  assert.equal(pieces, ['a'])
})

test.run()

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { clip, clipWords, padded, widthOf, wrapped } from '../../../src/terminal/text/width.js'

const test = suite('width')

test('wide characters and emoji take two columns, combining marks none', () => {
  assert.is(widthOf('abc'), 3)
  assert.is(widthOf('大小'), 4)
  assert.is(widthOf('👩‍💻'), 2)
  assert.is(widthOf('e\u0301'), 1)
  assert.is(widthOf('한글'), 4)
})

test('a text that fits is kept whole', () => {
  assert.is(clip('abc', 3), 'abc')
  assert.is(clip('大小', 4), '大小')
})

test('a text that does not fit ends in an ellipsis within the columns', () => {
  assert.is(clip('abcdef', 4), 'abc…')
  assert.is(clip('大小多少', 6), '大小…')
  assert.is(clip('大小', 3), '大…')
  assert.is(clip('abc', 1), '…')
  assert.is(clip('abc', 0), '')
})

test('padding counts columns, not characters', () => {
  assert.is(padded('大', 4), '大  ')
  assert.is(padded('abcd', 2), 'abcd')
})

test('colours take no columns', () => {
  assert.is(widthOf('\u001b[32mok\u001b[39m'), 2)
  assert.is(padded('\u001b[32mok\u001b[39m', 4), '\u001b[32mok\u001b[39m  ')
})

test('words are cut between two of them, unless the first alone is too long', () => {
  assert.is(clipWords('expected 3 warnings', 30), 'expected 3 warnings')
  assert.is(clipWords('expected 3 warnings', 14), 'expected 3…')
  assert.is(clipWords('expected 3 warnings', 11), 'expected 3…')
  assert.is(clipWords('expected 3 warnings', 5), 'expe…')
  assert.is(clipWords('大小 多少', 8), '大小…')
  assert.is(clipWords('abc', 0), '')
})

test('a line is broken between words, a word never, and all but the first stand behind the indent', () => {
  assert.equal(wrapped('one two three', 20), ['one two three'])
  assert.equal(wrapped('one two three four', 9, '  '), ['one two', '  three', '  four'])
  assert.equal(wrapped('  one two', 6, '    '), ['  one', '    two'])
  assert.equal(wrapped('see /a/very/long/path here', 8), ['see', '/a/very/long/path', 'here'])
  assert.equal(wrapped('大小 多少 上下', 9), ['大小 多少', '上下'])
})

test.run()

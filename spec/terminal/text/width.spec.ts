import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { clip, padded, widthOf } from '../../../src/terminal/text/width.js'

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

test.run()

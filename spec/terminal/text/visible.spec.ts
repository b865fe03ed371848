import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { visible, visibleOutput } from '../../../src/terminal/text/visible.js'

const test = suite('visible')

test('an escape sequence in a name is written out, not obeyed', () => {
  assert.is(visible('a\u001b[2Jb'), 'a\\u{1b}[2Jb')
})

test('line ends, reordering marks and halves of characters are written out', () => {
  assert.is(visible('a\nb\u202ec\u2028d\ud800'), 'a\\u{a}b\\u{202e}c\\u{2028}d\\u{d800}')
})

test('letters of any script and joined emoji stay as they are', () => {
  assert.is(visible('größe 大小 👩‍💻'), 'größe 大小 👩‍💻')
})

test('the colours of a program are dropped, its tabs become spaces', () => {
  assert.is(visibleOutput('\u001b[31mred\u001b[0m\tnext\u0007'), 'red next\\u{7}')
  assert.is(visibleOutput('\u001b]0;title\u0007text'), 'text')
})

test.run()

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { painted, wantsColour } from '../../../src/terminal/text/paint.js'

const test = suite('paint')
const terminal = { isTTY: true }
const pipe = {}

test('a terminal gets colours, a pipe does not', () => {
  assert.is(wantsColour(terminal, {}, true), true)
  assert.is(wantsColour(pipe, {}, true), false)
  assert.is(wantsColour(terminal, { TERM: 'dumb' }, true), false)
})

test('NO_COLOR takes them away unless it is empty', () => {
  assert.is(wantsColour(terminal, { NO_COLOR: '1' }, true), false)
  assert.is(wantsColour(terminal, { NO_COLOR: '' }, true), true)
})

test('FORCE_COLOR stands over NO_COLOR, --no-color over both', () => {
  assert.is(wantsColour(pipe, { FORCE_COLOR: '1', NO_COLOR: '1' }, true), true)
  assert.is(wantsColour(terminal, { FORCE_COLOR: '0' }, true), false)
  assert.is(wantsColour(terminal, { FORCE_COLOR: '1' }, false), false)
})

test('a painted text is the text between two escape sequences', () => {
  assert.is(painted('bad', 'x'), '\u001b[31mx\u001b[39m')
  assert.is(painted('plain', 'x'), 'x')
  assert.is(painted('bad', ''), '')
})

test.run()

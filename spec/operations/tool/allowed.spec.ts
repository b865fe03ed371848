import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isAllowed } from '../../../src/operations/tool/allowed.js'

const test = suite('isAllowed')

const rows: readonly (readonly [name: string, patterns: readonly string[] | undefined, allowed: boolean])[] = [
  ['read', undefined, true],
  ['read', [], false],
  ['read', ['read'], true],
  ['read_file', ['read'], false],
  ['read_file', ['read_*'], true],
  ['read_file', ['*_file'], true],
  ['read_file', ['*'], true],
  ['read_file', ['r*d_*le'], true],
  ['read_file', ['write_*', '*file'], true],
  ['aba', ['ab*ba'], false],
  ['abba', ['ab*ba'], true],
  ['a.b', ['a?b', 'a.c'], false],
  ['xay', ['*a*a*'], false],
  ['xaya', ['*a*a*'], true],
]

for (const [name, patterns, allowed] of rows)
  test(`${name} is ${allowed ? '' : 'not '}allowed by ${JSON.stringify(patterns)}`, () => {
    assert.is(isAllowed(name, patterns), allowed)
  })

test.run()

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nearest } from '../../../src/model/fault/nearest.js'

const test = suite('nearest')

const known = ['build', 'pack', 'test', 'dependencies', 'a']

for (const [given, found, title] of [
  ['biuld', 'build', 'two letters swapped'],
  ['buld', 'build', 'a letter left out'],
  ['buildd', 'build', 'a letter too many'],
  ['BUILD', 'build', 'the other case'],
  ['dependancys', 'dependencies', 'a few slips in a long name'],
  ['tast', 'test', 'a wrong letter'],
  ['b', 'a', 'one letter for another'],
  ['deploy', undefined, 'another word'],
  ['', 'a', 'nothing at all, to the shortest name'],
] as const)
  test(`${title}: ${given}`, () => {
    assert.is(nearest(given, known), found)
  })

test('takes the first of those equally near', () => {
  assert.is(nearest('op', ['op1', 'op2']), 'op1')
})

test('finds nothing among no names', () => {
  assert.is(nearest('build', []), undefined)
})

test.run()

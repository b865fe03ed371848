import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { count, listed } from '../../../src/terminal/text/count.js'

const test = suite('count')

test('one is singular, all else plural, thousands are grouped', () => {
  assert.is(count(1, 'operation'), '1 operation')
  assert.is(count(0, 'operation'), '0 operations')
  assert.is(count(12_345, 'operation'), '12,345 operations')
  assert.is(count(1_000, 'operation'), '1,000 operations')
  assert.is(count(12_345_678, 'operation'), '12,345,678 operations')
  assert.is(count(2, 'was', 'were'), '2 were')
})

test('names are listed as people say them', () => {
  assert.is(listed([]), '')
  assert.is(listed(['a']), 'a')
  assert.is(listed(['a', 'b']), 'a and b')
  assert.is(listed(['a', 'b', 'c']), 'a, b and c')
})

test('of many names the first are shown and the rest counted', () => {
  assert.is(listed(['a', 'b', 'c', 'd'], 4, 2), 'a, b and 2 more')
  assert.is(listed(['a', 'b', 'c', 'd', 'e'], 1_002), 'a, b, c, d, e and 997 more')
})

test.run()

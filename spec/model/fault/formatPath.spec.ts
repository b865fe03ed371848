import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { formatPath } from '../../../src/model/fault/formatPath.js'

const test = suite('formatPath')

for (const [path, text] of [
  [[], ''],
  [['operations', 3, 'dependencies', 0], 'operations[3].dependencies[0]'],
  [[0, 'a'], '[0].a'],
  [['pools', 'a b', 'x.y', ''], 'pools["a b"]["x.y"][""]'],
  [['$ref', 'x-api-key', 'naïve', '__proto__'], '$ref.x-api-key.naïve.__proto__'],
  [['a"]\n'], '["a\\"]\\n"]'],
  [Array.from({ length: 13 }, (_, index) => index), '[0][1][2][3][4][5]…[7][8][9][10][11][12]'],
] as const)
  test(`writes ${JSON.stringify(path)}`, () => {
    assert.is(formatPath(path), text)
  })

test('cuts a long key', () => {
  assert.is(formatPath(['k'.repeat(100)]), `["${'k'.repeat(80)}…" (100 characters)]`)
})

test.run()

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { duration } from '../../../src/terminal/text/duration.js'

const test = suite('duration')

const rows: readonly (readonly [number, string])[] = [
  [0, '0 ms'],
  [0.4, 'under 1 ms'],
  [340.4, '340 ms'],
  [999.4, '999 ms'],
  [999.5, '1.0 s'],
  [1_249, '1.2 s'],
  [59_949, '59.9 s'],
  [59_950, '1 min'],
  [125_000, '2 min 5 s'],
  [3_599_499, '59 min 59 s'],
  [3_600_000, '1 h'],
  [12_000_000, '3 h 20 min'],
]

for (const [ms, text] of rows) test(`${ms} ms is read as ${text}`, () => assert.is(duration(ms), text))

test.run()

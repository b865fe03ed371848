import * as oracle from 'simple-statistics'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { confidenceOf } from '../../../src/monitor/statistics/normal.js'

const test = suite('confidenceOf')

// Two-sided quantiles of the normal distribution, as every table has them.
const rows: readonly (readonly [z: number, confidence: number])[] = [
  [0, 0],
  [1, 0.682689],
  [1.959964, 0.95],
  [-1.959964, 0.95],
  [2.575829, 0.99],
  [3.290527, 0.999],
]
for (const [z, confidence] of rows) test(`of ${z}`, () => assert.ok(Math.abs(confidenceOf(z) - confidence) < 1e-6))

test('is what the error function of simple-statistics gives', () => {
  for (let z = 0; z < 5; z += 0.1) assert.ok(Math.abs(confidenceOf(z) - oracle.errorFunction(z / Math.SQRT2)) < 1e-6)
})

test.run()

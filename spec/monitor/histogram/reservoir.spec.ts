import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { seededRandom } from '../../../src/engine/time/random.js'
import { reservoir, reservoirSize } from '../../../src/monitor/histogram/reservoir.js'

const test = suite('reservoir')

const filled = (seed: number, count: number, size?: number): readonly number[] => {
  const kept = reservoir(seededRandom(seed), size)
  for (let value = 0; value < count; value++) kept.offer(value)
  return kept.samples()
}

test('keeps everything up to its size', () => assert.equal(filled(1, 5), [0, 1, 2, 3, 4]))

test('keeps 512 of any number', () => assert.is(filled(1, 20_000).length, reservoirSize))

test('keeps the same for the same seed', () => {
  assert.equal(filled(7, 5_000), filled(7, 5_000))
  assert.not.equal(filled(7, 5_000), filled(8, 5_000))
})

test('gives each value the same chance', () => {
  const times = new Float64Array(20)
  const rounds = 4_000
  for (let seed = 0; seed < rounds; seed++) for (const value of filled(seed, 20, 5)) times[value]!++
  // Each is kept a quarter of the time: 1,000 ± 4.5 standard deviations of a binomial.
  const off = 4.5 * Math.sqrt(rounds * 0.25 * 0.75)
  assert.ok(
    times.every((count) => Math.abs(count - rounds / 4) < off),
    times.join(' '),
  )
})

test.run()

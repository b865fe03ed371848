import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { seededRandom } from '../../../../src/engine/time/random.js'
import { roundsEnd } from '../../../../src/cli/run/sequential/moreRounds.js'
import { medianRatio } from '../../../../src/monitor/statistics/medianRatio.js'

const test = suite('rounds of a measured speed-up')

/** Makespans that differ by so much, as a standard deviation of their logarithm. */
function makespans(seed: number, count: number, ms: number, spread: number): readonly number[] {
  const random = seededRandom(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return Array.from({ length: count }, () => ms * Math.exp(spread * normal()))
}

/** After how many rounds it ends and why, each taking so long. */
function endOf(spread: number, roundMs = 0, seed = 1): { readonly rounds: number; readonly why: string; readonly wide: number } {
  const [batch, sequential] = [makespans(seed, 100, 1_000, spread), makespans(seed + 1_000, 100, 4_000, spread)]
  for (let rounds = 0; ; rounds++) {
    const [batchMs, sequentialMs] = [batch.slice(0, rounds), sequential.slice(0, rounds)]
    const why = roundsEnd(undefined, { batchMs, sequentialMs, elapsedMs: rounds * roundMs })
    if (why === undefined) continue
    const { low, high } = medianRatio(batchMs, sequentialMs)
    return { rounds, why, wide: high / low }
  }
}

test('are as many as somebody asked for, whatever they show', () => {
  const measured = { batchMs: [1, 2], sequentialMs: [9, 30], elapsedMs: 1e9 }
  assert.is(roundsEnd(3, measured), undefined)
  assert.is(roundsEnd(2, measured), 'as-asked')
})

test('are five where those are alike, and more where they are not, until the interval is narrow', () => {
  assert.equal([endOf(0.005).rounds, endOf(0.005).why], [5, 'narrow'])
  const ends = Array.from({ length: 40 }, (_, seed) => endOf(0.06, 0, seed + 1))
  const narrow = ends.filter(({ why }) => why === 'narrow')
  assert.ok(narrow.length > 20 && narrow.some(({ rounds }) => rounds > 8), `${narrow.length}`)
  for (const { wide } of narrow) assert.ok(wide <= 1.1)
})

test('end with the budget, be it rounds or time', () => {
  assert.equal([endOf(0.8).rounds, endOf(0.8).why], [30, 'budget'])
  assert.equal([endOf(0.8, 31_000).rounds, endOf(0.8, 31_000).why], [10, 'budget'])
  // Five there are always: with fewer there is no interval.
  assert.is(endOf(0.8, 1e6).rounds, 5)
})

test.run()

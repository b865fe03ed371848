import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { seededRandom } from '../../../src/engine/time/random.js'
import { adviceFor } from '../../../src/monitor/advice/adviceFor.js'
import { hitRate, scoreAdvice, type AdviceScore } from '../../../src/monitor/advice/scoreAdvice.js'
import { adviceOn, normalDraws, recordOfRun, type Taken } from './simulatedAdvice.js'

const test = suite('advice that is followed')

const seeds = (most: number): readonly number[] => Array.from({ length: most }, (_, index) => index + 1)

/** Runs seeded plans, again at the advised concurrency, with times that differ by this standard deviation of their logarithm. */
function scoresOfLimits(noise: number): readonly AdviceScore[] {
  return seeds(120).flatMap((seed) => {
    const [random, normal] = [seededRandom(seed), normalDraws(seed)]
    const taken = Array.from({ length: 10 + Math.floor(random() * 40) }, (_, index): Taken => {
      const needs = index === 0 || random() < 0.5 ? [] : [Math.floor(random() * index)]
      return { ms: 100 * Math.exp(0.6 * normal()), needs }
    })
    const advice = adviceOn(recordOfRun(taken, { concurrency: 1 + Math.floor(random() * 4) }), 'limit-too-low')
    if (advice === undefined) return []
    const { concurrency } = advice.conditions
    const next = taken.map(({ ms, needs }) => ({ ms: ms * Math.exp(noise * normal()), needs }))
    return [scoreAdvice(advice, recordOfRun(next, { concurrency }))]
  })
}

for (const { noise, least } of [
  { noise: 0, least: 1 },
  { noise: 0.02, least: 0.95 },
  { noise: 0.1, least: 0.92 },
])
  test(`limit-too-low: the makespan is in its interval when times differ by ${100 * noise} %`, () => {
    const scores = scoresOfLimits(noise)
    assert.ok(scores.length >= 60, `advice on ${scores.length} plans`)
    assert.not(scores.includes('not-tested'))
    assert.ok(hitRate(scores)! >= least, `it held in ${hitRate(scores)}`)
  })

test('nothing is predicted from attempts that their limit cut off, whether they were slow or hang', () => {
  for (const hanging of [0, 0.05])
    for (const seed of seeds(40)) {
      const [random, normal] = [seededRandom(seed), normalDraws(seed)]
      const taken = Array.from({ length: 60 }, (): Taken => ({ ms: random() < hanging ? 1e6 : 100 * Math.exp(0.4 * normal()), needs: [] }))
      const run = recordOfRun(taken, { concurrency: 2, timeoutMs: 160 })
      assert.ok(run.types.some(({ timeouts }) => timeouts > 0))
      assert.equal(
        adviceFor(run, 'plan.yaml').filter(({ predicted }) => predicted !== undefined),
        [],
      )
    }
})

test.run()

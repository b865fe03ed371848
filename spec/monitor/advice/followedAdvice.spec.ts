// @limit 90
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { seededRandom } from '../../../src/engine/time/random.js'
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

/** Of a normal distribution, 5, 10, 20 and 40 % lie above these. */
const limits = [1.645, 1.282, 0.842, 0.253]

/** Runs of times with this spread, whose limit cuts off a share of them; again with twice the limit, and other times of the same kind. */
function scoresOfTimeouts(sigma: number): readonly AdviceScore[] {
  return limits.flatMap((z) =>
    seeds(40).flatMap((seed) => {
      const [random, normal] = [seededRandom(seed), normalDraws(seed)]
      const total = 30 + Math.floor(random() * 90)
      const draw = (): readonly Taken[] => Array.from({ length: total }, () => ({ ms: 100 * Math.exp(sigma * normal()), needs: [] }))
      const timeoutMs = Math.round(100 * Math.exp(sigma * z))
      const advice = adviceOn(recordOfRun(draw(), { concurrency: 6, timeoutMs }), 'timeout-too-tight')
      return advice === undefined ? [] : [scoreAdvice(advice, recordOfRun(draw(), { concurrency: 6, timeoutMs: 2 * timeoutMs }))]
    }),
  )
}

for (const sigma of [0.2, 0.5, 0.8, 1.2])
  test(`timeout-too-tight: attempts that run into twice the limit are as few as predicted, with a spread of ${sigma}`, () => {
    const scores = scoresOfTimeouts(sigma)
    assert.ok(scores.length >= 60, `advice on ${scores.length} plans`)
    assert.not(scores.includes('not-tested'))
    assert.ok(hitRate(scores)! >= 0.95, `it held in ${hitRate(scores)}`)
  })

test.run()

import { confidenceOf } from '../statistics/normal.js'
import { conditionsOf, type Advice, type Rule } from './advice.js'
import { ms, shellWord } from './words.js'

const fewest = 20
/** From here on the slowest that succeed come near the limit. */
const leastShare = 0.5
/** One in twenty of a normal distribution lies above its mean by this many standard deviations. */
const z95 = 1.6449

/**
 * Attempts ran into a limit that the slow ones among those that succeed come near: the limit cuts off the tail, not what hangs.
 *
 * Times are taken for lognormal, with the median and p95 of the successes, to tell how many would still run into twice the limit.
 */
export const timeoutTooTight: Rule = (run, plan) => {
  for (const { name, count, p50Ms, p95Ms, timeouts, timeoutMs, attempts } of run.types) {
    if (timeouts === 0 || timeoutMs === undefined || p50Ms === undefined || p95Ms === undefined) continue
    if (count < fewest || p50Ms <= 0 || p95Ms <= p50Ms || p95Ms < leastShare * timeoutMs) continue
    const expected = attempts * above(2 * timeoutMs, p50Ms, p95Ms)
    const high = Math.floor(expected + 2 * Math.sqrt(expected) + 1)
    if (high >= timeouts) continue
    const advice: Advice = {
      id: 'timeout-too-tight',
      claim: `${timeouts} attempts of ${name} ran into ${ms(timeoutMs)}, while one in twenty that succeeded took ${ms(p95Ms)} or more: with ${ms(2 * timeoutMs)} at most ${high} would.`,
      evidence: { operation: name, timeouts, timeoutMs, p50Ms, p95Ms, attempts },
      predicted: { metric: `${name}.timeouts`, low: 0, high },
      conditions: conditionsOf(run),
      check: `millrace run ${shellWord(plan)}`,
    }
    return advice
  }
  return undefined
}

function above(limitMs: number, p50Ms: number, p95Ms: number): number {
  const sigma = Math.log(p95Ms / p50Ms) / z95
  return (1 - confidenceOf(Math.log(limitMs / p50Ms) / sigma)) / 2
}

import { confidenceOf, zOfChance } from '../statistics/normal.js'
import { conditionsOf, type Advice, type Rule } from './advice.js'
import { ms, shellWord } from './words.js'

const fewest = 20
/** From here on the slowest that succeed come near the limit. */
const leastShare = 0.5
/**
 * Attempts ran into a limit that the slow ones among those that succeed come near: the limit cuts off the tail, not what hangs.
 *
 * Times are taken as lognormal, to predict how many would still run into twice the limit. Those that ran into the limit are its upper
 * tail: the median and p95 of the successes are lower quantiles of all times, and the limit itself is one.
 */
export const timeoutTooTight: Rule = (run, plan) => {
  for (const { name, count, p50Ms, p95Ms, timeouts, timeoutMs, attempts } of run.types) {
    if (timeouts === 0 || timeoutMs === undefined || p50Ms === undefined || p95Ms === undefined) continue
    if (count < fewest || p50Ms <= 0 || p95Ms <= p50Ms || p95Ms < leastShare * timeoutMs) continue
    const expected = attempts * aboveTwice(timeoutMs, { p50Ms, p95Ms, count, timeouts })
    const high = Math.floor(expected + 2 * Math.sqrt(expected) + 1)
    if (high >= timeouts) continue
    const advice: Advice = {
      id: 'timeout-too-tight',
      claim: `${timeouts} attempts of ${name} ran into ${ms(timeoutMs)}, while one in twenty that succeeded took ${ms(p95Ms)} or more: with ${ms(2 * timeoutMs)} at most ${high} would, if they are slow and do not hang.`,
      evidence: { operation: name, timeouts, timeoutMs, p50Ms, p95Ms, attempts },
      predicted: { metric: `${name}.timeouts`, low: 0, high },
      conditions: conditionsOf(run),
      check: `millrace run ${shellWord(plan)}`,
    }
    return advice
  }
  return undefined
}

interface Cut {
  readonly p50Ms: number
  readonly p95Ms: number
  readonly count: number
  readonly timeouts: number
}

/** The share of times above twice the limit: at most, as far as so few times tell. */
function aboveTwice(limitMs: number, { p50Ms, p95Ms, count, timeouts }: Cut): number {
  const ended = count + timeouts
  const z50 = zBelow((0.5 * count) / ended)
  const zLimit = zBelow(count / ended)
  const bySuccesses = Math.log(p95Ms / p50Ms) / (zBelow((0.95 * count) / ended) - z50)
  const byLimit = Math.log(limitMs / p50Ms) / (zLimit - z50)
  // The wider of two estimates, and its standard error: too wide predicts more timeouts, too narrow fewer than there will be.
  const sigma = Math.max(bySuccesses, byLimit) * (1 + 1 / Math.sqrt(ended))
  return (1 - confidenceOf(Math.log(2) / sigma + zLimit)) / 2
}

/** The z that this share of a normal distribution lies below. */
function zBelow(share: number): number {
  return share < 0.5 ? -zOfChance(2 * share) : zOfChance(2 * (1 - share))
}

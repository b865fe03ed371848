import { shellWord } from '../../model/fault/shellWord.js'
import { conditionsOf, type Rule } from './advice.js'
import { ms } from './words.js'

const fewest = 20
/** From here on the slowest that succeed come near the limit. */
const leastShare = 0.5

/**
 * Attempts ran into a limit that the slow ones among those that succeed come near: it may cut off the slow, and not only what hangs.
 *
 * Evidence without a prediction: how long an attempt that was cut off would have taken, nobody knows.
 */
export const timeoutTooTight: Rule = (run, plan) => {
  for (const { name, count, p50Ms, p95Ms, timeouts, timeoutMs, attempts } of run.types) {
    if (timeouts === 0 || timeoutMs === undefined || p50Ms === undefined || p95Ms === undefined) continue
    if (count < fewest || p95Ms < leastShare * timeoutMs) continue
    return {
      id: 'timeout-too-tight',
      claim: `${timeouts} attempts of ${name} hit the time limit of ${ms(timeoutMs)}, and the p95 of those that succeeded is ${ms(p95Ms)}: the limit stops slow attempts, unless they were hanging.`,
      evidence: { operation: name, timeouts, timeoutMs, p50Ms, p95Ms, attempts },
      conditions: conditionsOf(run),
      check: `millrace plan ${shellWord(plan)}`,
    }
  }
  return undefined
}

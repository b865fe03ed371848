import { conditionsOf, type Rule } from './advice.js'
import { ms, percent, shellWord } from './words.js'

const leastShare = 0.1
const fewest = 5

/**
 * Much of the work was attempts that failed and were made again.
 *
 * The next run is predicted to lose as much, less or more by twice the root of the number of retries: they come one by one, as rare
 * events do (Poisson, 1837).
 */
export const retryWaste: Rule = (run, plan) => {
  const { retriedMs, workMs, retries, types } = run
  if (retries < fewest || workMs <= 0) return undefined
  const share = retriedMs / workMs
  if (share < leastShare) return undefined
  const worst = types.reduce((most, type) => (type.retriedMs > most.retriedMs ? type : most))
  const spread = 2 / Math.sqrt(retries)
  return {
    id: 'retry-waste',
    claim: `${percent(share)} of the work (${ms(retriedMs)}) was attempts that failed and were tried again, most of it in ${worst.name}.`,
    evidence: { retriedMs, workMs, retries, worst: worst.name, worstRetriedMs: worst.retriedMs },
    predicted: { metric: 'retriedShare', low: Math.max(0, share * (1 - spread)), high: Math.min(1, share * (1 + spread)) },
    conditions: conditionsOf(run),
    check: `millrace run ${shellWord(plan)} && millrace trend retriedShare`,
  }
}

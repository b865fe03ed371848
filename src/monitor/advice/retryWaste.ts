import { shellWord } from '../../model/fault/shellWord.js'
import { conditionsOf, type Rule } from './advice.js'
import { ms, percent } from './words.js'

const leastShare = 0.1
const fewest = 5

/** Much of the work was attempts that failed and were made again. */
export const retryWaste: Rule = (run, plan) => {
  const { retriedMs, workMs, retries, types } = run
  if (retries < fewest || workMs <= 0) return undefined
  const share = retriedMs / workMs
  if (share < leastShare) return undefined
  const worst = types.reduce((most, type) => (type.retriedMs > most.retriedMs ? type : most))
  return {
    id: 'retry-waste',
    claim: `${percent(share)} of the work (${ms(retriedMs)}) was spent on failed attempts that were retried, most of it in ${worst.name}.`,
    evidence: { retriedMs, workMs, retries, worst: worst.name, worstRetriedMs: worst.retriedMs },
    conditions: conditionsOf(run),
    check: `millrace plan ${shellWord(plan)}`,
  }
}

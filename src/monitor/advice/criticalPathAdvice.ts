import { shellWord } from '../../model/fault/shellWord.js'
import { conditionsOf, type Rule } from './advice.js'
import { ms, percent } from './words.js'

const leastShare = 0.85

/** One chain of dependent operations takes nearly all of the run: only shorter operations, or fewer dependencies, help. */
export const criticalPathAdvice: Rule = (run, plan) => {
  const { criticalPathMs, makespanMs, concurrency, counts } = run
  if (criticalPathMs === undefined || makespanMs <= 0 || counts.total < 3 || concurrency < 2) return undefined
  const share = criticalPathMs / makespanMs
  if (share < leastShare) return undefined
  return {
    id: 'critical-path',
    claim: `One chain of dependent operations takes ${ms(criticalPathMs)}, ${percent(share)} of the run: more slots cannot make it shorter.`,
    evidence: { makespanMs, criticalPathMs, workMs: run.workMs, concurrency },
    conditions: conditionsOf(run),
    check: `millrace plan ${shellWord(plan)}`,
  }
}

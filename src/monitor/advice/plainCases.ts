import { shellWord } from '../../model/fault/shellWord.js'
import { conditionsOf, type Rule } from './advice.js'
import { percent } from './words.js'

/** A batch of one. */
export const nothingBatched: Rule = (run, plan) => {
  const { total } = run.counts
  if (total > 1) return undefined
  return {
    id: 'nothing-batched',
    claim: total === 0 ? 'This run had no operations.' : 'This run had one operation: nothing was batched.',
    evidence: { operations: total },
    conditions: conditionsOf(run),
    check: `millrace plan ${shellWord(plan)}`,
  }
}

const few = 4
const leastAtOnce = 1.2

/** So few operations, one after another, that running them as a batch saves messages but no time. */
export const tooFewToGain: Rule = (run, plan) => {
  const { counts, workMs, makespanMs } = run
  if (counts.total < 2 || counts.total > few || makespanMs <= 0) return undefined
  const atOnce = workMs / makespanMs
  if (atOnce >= leastAtOnce) return undefined
  return {
    id: 'too-few-to-gain',
    claim: `${counts.total} operations ran, on average ${atOnce.toFixed(1)} at once: this batch saved messages but no time.`,
    evidence: { operations: counts.total, workMs, makespanMs },
    conditions: conditionsOf(run),
    check: `millrace plan ${shellWord(plan)}`,
  }
}

const fewest = 10
const lowRate = 0.9

/** Many operations did not succeed. */
export const successRateLow: Rule = (run, plan) => {
  const { total, succeeded } = run.counts
  if (total < fewest || succeeded / total >= lowRate) return undefined
  const rate = succeeded / total
  return {
    id: 'success-rate-low',
    claim: `${total - succeeded} of ${total} operations did not succeed: a success rate of ${percent(rate)}.`,
    evidence: { ...run.counts },
    conditions: conditionsOf(run),
    check: `millrace plan ${shellWord(plan)}`,
  }
}

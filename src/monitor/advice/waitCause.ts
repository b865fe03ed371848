import { shellWord } from '../../model/fault/shellWord.js'
import { conditionsOf, type Rule } from './advice.js'
import { ms, percent } from './words.js'

const leastShare = 0.25
const fewest = 10

/** Slots stood idle while there was work: because it waited for dependencies, or for a pool. The greater of the two. */
export const waitCause: Rule = (run, plan) => {
  const { idle, concurrency, makespanMs, counts } = run
  const slotMs = concurrency * makespanMs
  if (counts.total < fewest || slotMs <= 0) return undefined
  const cause = idle.poolMs > idle.dependencyMs ? 'pool' : 'dependency'
  const idleMs = cause === 'pool' ? idle.poolMs : idle.dependencyMs
  const share = idleMs / slotMs
  if (share < leastShare) return undefined
  const because =
    cause === 'pool'
      ? 'ready operations waited for their pool, or needed more slots than were free'
      : 'no operation was ready: all waited for dependencies'
  return {
    id: 'wait-cause',
    claim: `Slots were idle for ${percent(share)} of their time (${ms(idleMs)}) while ${because}.`,
    evidence: { cause, idleMs, slotMs, concurrency, makespanMs },
    conditions: conditionsOf(run),
    check: `millrace plan ${shellWord(plan)}`,
  }
}

import { shellWord } from '../../model/fault/shellWord.js'
import type { RunRecord } from '../history/runRecord.js'
import { conditionsOf, type Rule } from './advice.js'
import { ms } from './words.js'

const leastGain = 0.1
const mostRaised = 4

/**
 * More slots are certain to help: even the worst order of the same attempts is at least a tenth faster than this run.
 *
 * On m slots any run that leaves none idle while something is ready takes `max(CP, W ÷ m) ≤ T ≤ W ÷ m + (1 − 1/m) × CP` (Graham,
 * 1966), for work W and critical path CP. That holds for one slot each, no pools and no delays between attempts: else silent. More slots
 * than the CPUs can serve make each attempt longer: so many are never advised.
 */
export const limitTooLow: Rule = (run, plan) => {
  const { criticalPathMs, workMs, makespanMs, concurrency, waiting, heavy } = run
  if (criticalPathMs === undefined || criticalPathMs <= 0 || heavy || run.retries > 0 || waiting.poolMs > 0) return undefined
  // An attempt that its limit cut off would have taken longer: nobody knows by how much.
  if (run.types.some(({ timeouts }) => timeouts > 0)) return undefined
  const raised = Math.min(Math.ceil(workMs / criticalPathMs), mostRaised * concurrency, mostByCpu(run))
  if (raised <= concurrency) return undefined
  // Whole ms: a sum of the same times in another order differs in its last digits.
  const low = Math.floor(Math.max(criticalPathMs, workMs / raised))
  const high = Math.ceil(workMs / raised + (1 - 1 / raised) * criticalPathMs)
  if (high > (1 - leastGain) * makespanMs) return undefined
  return {
    id: 'limit-too-low',
    claim: `At concurrency ${raised} instead of ${concurrency} this plan takes ${ms(low)} to ${ms(high)} instead of ${ms(makespanMs)}, if its attempts take as long as now.`,
    evidence: { makespanMs, workMs, criticalPathMs, concurrency, slotWaitMs: waiting.slotMs, cpus: run.cpus },
    predicted: { metric: 'makespanMs', low, high },
    conditions: conditionsOf(run, raised),
    check: `millrace run ${shellWord(plan)} --concurrency ${raised}`,
  }
}

/** Slots that the CPUs can serve at the CPU time an attempt takes; those of programs whose CPU time nobody measured count as all CPU. */
function mostByCpu({ cpus, cpuMs, workMs, types }: RunRecord): number {
  if (cpuMs !== undefined) return cpuMs > 0 ? Math.floor((cpus * workMs) / cpuMs) : Infinity
  return types.some(({ name }) => name === 'shell.run') ? cpus : Infinity
}

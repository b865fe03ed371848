import { tap } from 'rxjs'
import { seededRandom } from '../../../src/engine/time/random.js'
import type { Advice } from '../../../src/monitor/advice/advice.js'
import { adviceFor } from '../../../src/monitor/advice/adviceFor.js'
import type { RunRecord } from '../../../src/monitor/history/runRecord.js'
import { runRecorder } from '../../../src/monitor/history/runRecorder.js'
import { graphOf, take, virtualRun } from '../virtualRun.js'

/** One operation of a simulated plan: what it takes, in ms, and the earlier ones it depends on. */
export interface Taken {
  readonly ms: number
  readonly needs: readonly number[]
}

export interface Configuration {
  readonly concurrency: number
  readonly timeoutMs?: number
}

/** Runs these operations in virtual time and answers the run's line of the history. */
export function recordOfRun(taken: readonly Taken[], { concurrency, timeoutMs }: Configuration): RunRecord {
  const plan = {
    concurrency,
    ...(timeoutMs !== undefined && { defaults: { timeoutMs } }),
    operations: taken.map(({ ms, needs }, index) => take(`n${index}`, ms, { dependencies: needs.map((need) => `n${need}`) })),
  }
  const recorder = runRecorder({ shape: 'simulated', cpus: 2, nodeMajor: 20, graph: graphOf(plan) })
  virtualRun(plan, () => tap((event) => recorder.observe(event)))
  return recorder.record()!
}

export function adviceOn(run: RunRecord, id: Advice['id']): Advice | undefined {
  return adviceFor(run, 'plan.yaml').find((advice) => advice.id === id)
}

export type Draw = () => number

/** Draws from a standard normal distribution. */
export function normalDraws(seed: number): Draw {
  const random = seededRandom(seed)
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

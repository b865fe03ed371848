import { isPlainObject } from '../../model/codec/plainObject.js'
import type { PlanPath } from '../../model/fault/fault.js'
import type { FaultList } from '../../model/fault/faultList.js'
import { PoolLimit } from '../../model/plan.js'
import { defaultConcurrency } from '../../model/limits.js'
import type { OperationParts, PlanParts } from './operationParts.js'

/** The most that a plan lets run at once. */
export interface Limits {
  readonly concurrency: number
  readonly pools: ReadonlyMap<string, PoolLimit>
}

export function readLimits({ concurrency = defaultConcurrency, pools }: PlanParts): Limits {
  const named = isPlainObject(pools) ? Object.entries(pools) : []
  return { concurrency: limitOf(concurrency), pools: new Map(named.map(([name, written]) => [name, poolOf(written)])) }
}

function poolOf(written: unknown): PoolLimit {
  return PoolLimit.is(written) ? written : { limit: limitOf(written) }
}

// A limit that is wrong in form has its fault already: it must not make another for each weight.
function limitOf(written: unknown): number {
  return typeof written === 'number' && written >= 1 ? written : Infinity
}

/** Adds a fault for a pool that there is not, and for a weight that no limit would ever let in. */
export function checkLimits(
  { pool, weight = 1 }: Pick<OperationParts, 'pool' | 'weight'>,
  index: number,
  { concurrency, pools }: Limits,
  faults: FaultList,
): void {
  const at = (): PlanPath => ['operations', index, 'weight']
  if (weight > concurrency) faults.push({ type: 'weight-above-limit', at: at(), weight, limit: concurrency, of: 'concurrency' })
  if (pool === undefined) return
  const found = pools.get(pool)
  const { limit = Infinity } = found ?? {}
  if (found === undefined) faults.push({ type: 'unknown-pool', at: ['operations', index, 'pool'], pool, known: [...pools.keys()] })
  else if (weight > limit) faults.push({ type: 'weight-above-limit', at: at(), weight, limit, of: `pools.${pool}` })
}

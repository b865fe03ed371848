import type { Demand } from '../../engine/ready/readyQueue.js'
import { planLimits } from '../../model/limits.js'
import { refuse } from '../../model/options/checkOptions.js'
import { kind, wholeNumber, type ArgumentKind } from '../../model/options/kinds.js'
import type { Priority } from '../../model/plan.js'
import type { MergeMapPoolOptions } from './poolOptions.js'

const priorities: readonly Priority[] = ['critical', 'high', 'medium', 'low']
const aPriority = kind(`one of ${priorities.join(', ')}`, (value) => priorities.includes(value as Priority))

function aPool(names: readonly string[]): ArgumentKind {
  return kind(
    'the name of a pool, or undefined',
    (value) => value === undefined || names.includes(value as string),
    () => (names.length === 0 ? 'Give the limits of pools: { pools: { api: 2 } }.' : `There is: ${names.join(', ')}.`),
  )
}

/** What is closed when a value that names no pool is refused: all that name none. */
const origin = ''
const plain: Demand = { priority: 'medium', weight: 1, pool: undefined, origin }

/** What a value asks for, by the functions of a caller. Throws on what could never start: the value would wait for ever. */
export function demandOf<A>(call: string, options: MergeMapPoolOptions<A>): (value: A) => Demand {
  const { priority, weight, pool, pools, concurrency } = options
  const aWeight = wholeNumber(1, typeof concurrency === 'number' ? concurrency : planLimits.operations)
  const poolNamed = aPool(Object.keys(pools ?? {}))
  // Nearly all ask for nothing special.
  if (priority === undefined && weight === undefined && pool === undefined) return () => plain
  return (value) => {
    const demand: Demand = { priority: priority?.(value) ?? 'medium', weight: weight?.(value) ?? 1, pool: pool?.(value), origin }
    refuse(call, [
      ...aPriority.faults(demand.priority, ['priority']),
      ...aWeight.faults(demand.weight, ['weight']),
      // Where nothing has a limit, pools only say what is closed together.
      ...(call === 'mergeMapPool' || pools !== undefined ? poolNamed.faults(demand.pool, ['pool']) : []),
    ])
    return demand
  }
}

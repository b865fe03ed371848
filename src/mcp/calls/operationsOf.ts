import type { CompiledPlan } from '../../model/graph.js'
import type { Named } from '../batches/batch.js'

/** The operations of a plan, in its order. */
export function operationsOf({ graph }: CompiledPlan): readonly Named[] {
  return graph.tasks.map(({ id, name }) => ({ id, name }))
}

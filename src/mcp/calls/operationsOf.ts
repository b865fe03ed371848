import { isPlainObject, own } from '../../model/codec/plainObject.js'
import type { CompiledPlan } from '../../model/graph.js'
import type { BatchOperation } from '../batches/batch.js'

/** The operations of a plan, in its order, each as the plan gives it. */
export function operationsOf({ graph }: CompiledPlan, plan: object): readonly BatchOperation[] {
  const written = own(plan, 'operations')
  const given: readonly unknown[] = Array.isArray(written) ? written : []
  return graph.operations.map(({ id, name }, place) => {
    const operation = given[place]
    const params = isPlainObject(operation) ? own(operation, 'params') : undefined
    return {
      id,
      name,
      params: isPlainObject(params) ? params : {},
      each: isPlainObject(operation) && own(operation, 'each') !== undefined,
    }
  })
}

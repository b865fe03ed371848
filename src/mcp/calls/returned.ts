import { own } from '../../model/codec/plainObject.js'
import type { PlanFault } from '../../model/fault/fault.js'
import type { CompiledPlan } from '../../model/graph.js'
import type { CompiledPlanOperation } from '../../graph/operations/compiledOperation.js'
import { unknownResultPath } from '../../graph/params/unknownResultPath.js'
import { askedPath } from '../answers/told/path.js'
import type { Returns } from '../batches/batch.js'

/** What `returns` names that the plan does not have: an operation, or a leaf that its type never gives. */
export function returnFaults(returns: Returns, { graph }: CompiledPlan, plan: object): readonly PlanFault[] {
  if (returns === undefined || returns === 'none') return []
  const operations = new Map(graph.operations.map((operation, place) => [operation.id, { operation, place }]))
  const ids = [...operations.keys()]
  return returns.flatMap((text, position): readonly PlanFault[] => {
    const at = ['returns', position]
    const asked = askedPath(text, (id) => operations.has(id))
    const found = asked === undefined ? undefined : operations.get(asked.id)
    if (asked === undefined || found === undefined || asked.range !== undefined)
      return [{ type: 'unknown-id', at, id: text, role: 'return', known: ids }]
    if (isEach(plan, found.place)) return []
    const missing = unknownResultPath((found.operation as CompiledPlanOperation).operationType.result, asked.keys) // What compilePlan makes are operations of a plan.
    return missing === undefined ? [] : [{ type: 'unknown-leaf', at, id: asked.id, key: missing.key, known: missing.known }]
  })
}

function isEach(plan: object, place: number): boolean {
  const operations = own(plan, 'operations')
  const operation: unknown = Array.isArray(operations) ? operations[place] : undefined
  return typeof operation === 'object' && operation !== null && own(operation, 'each') !== undefined
}

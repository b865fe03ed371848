import { foreseenParams } from '../../graph/params/foreseenParams.js'
import type { GivenParams, CompiledPlanOperation } from '../../graph/operations/compiledOperation.js'
import type { Foreseen } from '../../model/effects.js'
import type { CompiledPlan } from '../../model/graph.js'
import { operationName, type OperationType } from '../../model/operationType.js'
import { quoteText } from '../../model/fault/quote.js'
import type { Refused } from '../refused.js'

/** The operations of a plan that may change something, each with the way out. */
export function readsOnly({ graph }: CompiledPlan): readonly Refused[] {
  return graph.operations.flatMap((operation, index) => {
    const { operationType, given, planUndo } = operation as CompiledPlanOperation // What compilePlan makes are operations of a plan.
    const own = isReadOnly(operationType, given) ? [] : [refusal(`operations[${index}]`, operationType)]
    // An undo runs as well, should the batch be rolled back.
    const undo =
      planUndo === undefined || isReadOnly(planUndo.operationType, planUndo.given)
        ? []
        : [refusal(`operations[${index}].undo`, planUndo.operationType)]
    return [...own, ...undo]
  })
}

/** What is not yet known before the run counts as what may change something. */
export function isReadOnly(operationType: OperationType, given: GivenParams): boolean {
  // Decoded by the type's own codec, or foreseen with it.
  const params = (given.type === 'decoded' ? given.params : foreseenParams(operationType.params, given.tree)) as Foreseen<unknown>
  return operationType.readOnly?.(params) === true
}

function refusal(at: string, type: OperationType): Refused {
  const name = quoteText(operationName(type))
  return {
    at,
    type: 'not-read-only',
    message: `${at}: ${name} can change something with these params, and batch_read runs only operations that read.\nRemove it, or use batch_execute.`,
  }
}

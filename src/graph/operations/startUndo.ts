import type { Results, CompiledOperation } from '../../model/graph.js'
import { eachSecretText } from '../../model/secrets/secretTexts.js'
import type { AttemptContext, Work } from '../../model/work.js'
import type { CompiledPlanOperation } from './compiledOperation.js'
import { makeParams } from './startOperation.js'

/**
 * Starts what a plan gave to take an operation back; undefined when it gave nothing. `results` must have the operation's own.
 * May throw: that is a failed undo.
 */
export function startUndo(
  operation: CompiledOperation,
  context: AttemptContext,
  results: Results,
): { readonly work: Work<unknown> } | undefined {
  const undo = 'planUndo' in operation ? (operation as CompiledPlanOperation).planUndo : undefined // Tasks made in code have none.
  if (undo === undefined) return undefined
  const { operationType, given } = undo
  if (given.type === 'unresolved') return { work: operationType.perform(makeParams(operationType, given, context, results), context) }
  eachSecretText(given.params, (text) => results.conceal(text, 'operation'))
  return { work: operationType.perform(given.params, context) }
}

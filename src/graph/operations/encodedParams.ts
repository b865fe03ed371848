import { eachSecretText } from '../../model/secrets/secretTexts.js'
import type { CompiledOperation, Results } from '../../model/graph.js'
import type { OperationType } from '../../model/operationType.js'
import type { AttemptContext } from '../../model/work.js'
import { CompiledPlanOperation, type GivenParams } from './compiledOperation.js'
import { makeParams, startOperation } from './startOperation.js'

/** What an attempt is given, as data for another process. */
export interface EncodedParams {
  readonly operationType: OperationType
  readonly params: unknown
}

/** The type of an operation that may be performed elsewhere; undefined for one that is always performed here. */
export function placeableType(operation: CompiledOperation): OperationType | undefined {
  if (!(operation instanceof CompiledPlanOperation) || operation.start !== startOperation) return undefined
  const { operationType } = operation
  return operationType.coordinates === true || operationType.local === true ? undefined : operationType
}

/** The parameters of one attempt, encoded. Throws its failure when they cannot be made, or do not fit. */
export function encodedParams(operation: CompiledOperation, context: Pick<AttemptContext, 'redact'>, results: Results): EncodedParams {
  const { operationType, given, secret } = operation as CompiledPlanOperation // Only of those that have a placeable type.
  return encoded(operationType, given, secret, context, results)
}

/** The same of what a plan gave to take an operation back; undefined when it gave nothing, or what is always performed here. */
export function encodedUndo(
  operation: CompiledOperation,
  context: Pick<AttemptContext, 'redact'>,
  results: Results,
): EncodedParams | undefined {
  const undo = operation instanceof CompiledPlanOperation ? operation.planUndo : undefined
  if (undo === undefined || undo.operationType.coordinates === true || undo.operationType.local === true) return undefined
  return encoded(undo.operationType, undo.given, true, context, results)
}

function encoded(
  operationType: OperationType,
  given: GivenParams,
  secret: boolean,
  context: Pick<AttemptContext, 'redact'>,
  results: Results,
): EncodedParams {
  const params = given.type === 'decoded' ? given.params : makeParams(operationType, given, context, results)
  if (given.type === 'decoded' && secret) eachSecretText(params, (text) => results.conceal(text, 'operation'))
  return { operationType, params: operationType.params.encode(params) }
}

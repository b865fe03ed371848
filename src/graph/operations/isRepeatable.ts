import type * as t from 'io-ts'
import type { Foreseen } from '../../model/effects.js'
import type { CompiledOperation } from '../../model/graph.js'
import { foreseenParams } from '../params/foreseenParams.js'
import type { CompiledPlanOperation, GivenParams, OperationKind } from './compiledOperation.js'

/** Whether an operation of a plan may be done twice, or each of its items: as the plan says, else as its type does of these params. */
export function isRepeatable(operation: CompiledOperation): boolean {
  const { kind, given, extras } = operation as CompiledPlanOperation // All operations of a plan are.
  const { repeatable, operationType } = extras.each?.kind ?? kind
  return kind.repeatable ?? repeatable ?? says(operationType, given, operationType.repeatable ?? operationType.readOnly)
}

/** Whether an operation of a plan changes nothing outside. */
export function changesNothing(operation: CompiledOperation): boolean {
  const { kind, given, extras } = operation as CompiledPlanOperation
  const { operationType } = extras.each?.kind ?? kind
  return says(operationType, given, operationType.readOnly)
}

type OperationType = OperationKind['operationType']

function says(operationType: OperationType, given: GivenParams, judge: OperationType['readOnly']): boolean {
  if (judge === undefined) return false
  const params = given.type === 'decoded' ? given.params : foreseenParams(operationType.params as t.Mixed, given.tree)
  // Decoded by the type's own codec, or the fields of it that are known.
  return judge(params as Foreseen<unknown>)
}

import type * as t from 'io-ts'
import type { Foreseen } from '../../model/effects.js'
import type { CompiledOperation } from '../../model/graph.js'
import type { OperationType } from '../../model/operationType.js'
import { foreseenParams } from '../params/foreseenParams.js'
import type { CompiledPlanOperation } from './compiledOperation.js'

/** Whether an operation of a plan may be done twice: as the plan says, else as its type does of these params. */
export function isRepeatable(task: CompiledOperation): boolean {
  const { kind, operationType } = task as CompiledPlanOperation // All tasks of a plan are.
  return kind.repeatable ?? says(task, operationType.repeatable ?? operationType.readOnly)
}

/** Whether an operation of a plan changes nothing outside. */
export function changesNothing(task: CompiledOperation): boolean {
  return says(task, (task as CompiledPlanOperation).operationType.readOnly)
}

function says(task: CompiledOperation, judge: OperationType['readOnly']): boolean {
  if (judge === undefined) return false
  const { operationType, given } = task as CompiledPlanOperation
  const params = given.type === 'decoded' ? given.params : foreseenParams(operationType.params as t.Mixed, given.tree)
  // Decoded by the type's own codec, or the fields of it that are known.
  return judge(params as Foreseen<unknown>)
}

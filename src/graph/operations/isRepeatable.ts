import type * as t from 'io-ts'
import type { Foreseen } from '../../model/effects.js'
import type { CompiledOperation } from '../../model/graph.js'
import { foreseenParams } from '../params/foreseenParams.js'
import type { CompiledPlanOperation } from './compiledOperation.js'

/** Whether an operation of a plan may be done twice: as the plan says, else as its type does of these params. */
export function isRepeatable(task: CompiledOperation): boolean {
  const { kind, operationType, given } = task as CompiledPlanOperation // All tasks of a plan are.
  if (kind.repeatable !== undefined) return kind.repeatable
  const says = operationType.repeatable ?? operationType.readOnly
  if (says === undefined) return false
  const params = given.type === 'decoded' ? given.params : foreseenParams(operationType.params as t.Mixed, given.tree)
  // Decoded by the type's own codec, or the fields of it that are known.
  return says(params as Foreseen<unknown>)
}

// mcp/foreseen: what can be known of an operation before anything runs: that this server will never let it do what it asks for.
import type { CompiledPlanOperation, GivenParams } from '../../graph/operations/compiledOperation.js'
import { foreseenParams } from '../../graph/params/foreseenParams.js'
import { isPlainObject, type PlainObject } from '../../model/codec/plainObject.js'
import type { CompiledPlan } from '../../model/graph.js'
import { operationName, type OperationType } from '../../model/operationType.js'
import type { Refused } from '../refused.js'

/** One reason why an operation can never succeed here. */
export interface ForeseenRefusal {
  /** The param it is about. */
  readonly field: string
  /** What is wrong and how to mend it. */
  readonly text: string
}

/** Looks at the params of one type of operation, as far as they are known; what only the run will know is a symbol. */
export type Foresee = (name: string, params: PlainObject) => readonly ForeseenRefusal[]

/** What the operations of a plan, and what would undo them, can never do on this server. */
export function foreseenRefusals({ graph }: CompiledPlan, checks: readonly Foresee[]): readonly Refused[] {
  return graph.operations.flatMap((operation, index) => {
    const { operationType, given, planUndo } = operation as CompiledPlanOperation // What compilePlan makes are operations of a plan.
    return [
      ...refused(`operations[${index}]`, operationType, given, checks),
      ...(planUndo === undefined ? [] : refused(`operations[${index}].undo`, planUndo.operationType, planUndo.given, checks)),
    ]
  })
}

function refused(at: string, type: OperationType, given: GivenParams, checks: readonly Foresee[]): readonly Refused[] {
  const params: unknown = given.type === 'decoded' ? given.params : foreseenParams(type.params, given.tree)
  if (!isPlainObject(params)) return []
  return checks.flatMap((check) =>
    check(operationName(type), params).map(({ field, text }) => {
      const where = `${at}.params.${field}`
      return { at: where, type: 'not-allowed', message: `${where}: ${text}` }
    }),
  )
}

import type { PlanFault } from '../model/fault/fault.js'
import type { CompiledOperation } from '../model/graph.js'
import type { CompiledPlanOperation } from './operations/compiledOperation.js'

/** What is wrong when nobody performs operations elsewhere, and some of these want it: one fault, at the first of them. */
export function withoutPerformer(operations: readonly CompiledOperation[]): PlanFault | undefined {
  const first = operations.findIndex((operation) => placeOf(operation) !== undefined)
  if (first === -1) return undefined
  const count = operations.filter((operation) => placeOf(operation) !== undefined).length
  return { type: 'no-performer', at: ['operations', first], workers: placeOf(operations[first]!)!, count }
}

/** Where an operation is performed, or its items. */
export function placeOf(operation: CompiledOperation): string | undefined {
  return operation.place ?? ('extras' in operation ? (operation as CompiledPlanOperation).extras.each?.kind.place : undefined)
}

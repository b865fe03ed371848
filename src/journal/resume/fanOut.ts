import type { CompiledPlanOperation } from '../../graph/operations/compiledOperation.js'
import type { CompiledOperation, Graph } from '../../model/graph.js'

/** Whether an operation does one thing for each item of a list, each of them an operation of its own: `id[0]`, `id[1]`, … */
export function isFanOut(operation: CompiledOperation): boolean {
  const { made, extras } = operation as CompiledPlanOperation // All operations of a plan are.
  return made?.type === 'each' || extras.each !== undefined
}

/** The operation that gives the list of a fan-out; undefined when the plan has the list itself. */
export function listSource(operation: CompiledOperation, operations: Graph['operations']): number | undefined {
  const { made, extras, needs, sources } = operation as CompiledPlanOperation
  if (made?.type === 'each') return needs[0]
  const items = extras.each?.items
  return items?.type === 'refer' ? sources.find((source) => operations[source]!.id === items.pointer.id) : undefined
}

import type { CompiledPlanOperation } from '../../graph/operations/compiledOperation.js'
import type { CompiledOperation, Graph } from '../../model/graph.js'

/** Whether an operation does one thing for each item of a list, each of them an operation of its own: `id[0]`, `id[1]`, … */
export function isFanOut(task: CompiledOperation): boolean {
  const { made, extras } = task as CompiledPlanOperation // All tasks of a plan are.
  return made?.type === 'each' || extras.each !== undefined
}

/** The operation that gives the list of a fan-out; undefined when the plan has the list itself. */
export function listSource(task: CompiledOperation, tasks: Graph['tasks']): number | undefined {
  const { made, extras, needs, sources } = task as CompiledPlanOperation
  if (made?.type === 'each') return needs[0]
  const items = extras.each?.items
  return items?.type === 'refer' ? sources.find((source) => tasks[source]!.id === items.pointer.id) : undefined
}

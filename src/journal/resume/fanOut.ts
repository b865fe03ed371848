import type { CompiledPlanOperation } from '../../graph/operations/compiledOperation.js'
import type { CompiledOperation } from '../../model/graph.js'

/** Whether an operation does one thing for each item of a list, each of them an operation of its own: `id[0]`, `id[1]`, … */
export function isFanOut(task: CompiledOperation): boolean {
  return (task as CompiledPlanOperation).made?.type === 'each' // All tasks of a plan are.
}

import * as t from 'io-ts'
import { fingerprintsOf } from '../graph/operations/fingerprints.js'
import type { CompiledPlanOperation } from '../graph/operations/compiledOperation.js'
import type { Graph } from '../model/graph.js'
import type { ShapedOperation } from '../monitor/history/shapeHash.js'

/** One operation of a plan, as it is kept beside the events of its run. Runs of the first version knew only its id. */
export const KeptOperation = t.readonly(
  t.intersection([
    t.type({ id: t.string }),
    t.partial({
      /** `file.write`. */
      type: t.string,
      title: t.string,
      /** Hashes of its params: of all of them, and without content, body and stdin. */
      exact: t.string,
      shape: t.string,
    }),
  ]),
)
export type KeptOperation = t.TypeOf<typeof KeptOperation>

/** The operations of a plan, in its order. */
export function keptOperations({ tasks }: Pick<Graph, 'tasks'>): readonly KeptOperation[] {
  return tasks.map((task) => {
    const { exact, shape } = fingerprintsOf(task)
    return { id: task.id, type: task.name, ...(task.title !== undefined && { title: task.title }), exact, shape }
  })
}

const explicit = 0

/** The same as the hash of their plan's shape asks for them. */
export function shapedOperations({ tasks, offsets, targets, kinds }: Graph, kept: readonly KeptOperation[]): readonly ShapedOperation[] {
  const dependencies = tasks.map((): string[] => [])
  for (let index = 0; index < tasks.length; index++)
    for (let edge = offsets[index]!; edge < offsets[index + 1]!; edge++)
      if (kinds[edge] === explicit) dependencies[targets[edge]!]!.push(tasks[index]!.id)
  return tasks.map((task, index) => {
    const { type, operation } = (task as CompiledPlanOperation).operationType // All tasks of a plan are.
    // A run whose inputs leave an operation out does less than one that does it.
    const shape = task.condition?.type === 'unmet' ? 'left out' : kept[index]?.shape
    return { id: task.id, type, operation, dependencies: dependencies[index]!, ...(shape !== undefined && { shape }) }
  })
}

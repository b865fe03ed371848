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
export function keptOperations({ operations }: Pick<Graph, 'operations'>): readonly KeptOperation[] {
  return operations.map((operation) => {
    const { exact, shape } = fingerprintsOf(operation)
    return { id: operation.id, type: operation.name, ...(operation.title !== undefined && { title: operation.title }), exact, shape }
  })
}

const explicit = 0

/** The same as the hash of their plan's shape asks for them. */
export function shapedOperations(
  { operations, offsets, targets, kinds }: Graph,
  kept: readonly KeptOperation[],
): readonly ShapedOperation[] {
  const dependencies = operations.map((): string[] => [])
  for (let index = 0; index < operations.length; index++)
    for (let edge = offsets[index]!; edge < offsets[index + 1]!; edge++)
      if (kinds[edge] === explicit) dependencies[targets[edge]!]!.push(operations[index]!.id)
  return operations.map((compiled, index) => {
    const { type, operation } = (compiled as CompiledPlanOperation).operationType // All operations of a plan are.
    // A run whose inputs leave an operation out does less than one that does it.
    const shape = compiled.condition?.type === 'unmet' ? 'left out' : kept[index]?.shape
    return { id: compiled.id, type, operation, dependencies: dependencies[index]!, ...(shape !== undefined && { shape }) }
  })
}

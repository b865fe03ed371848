import type { CompiledPlanOperation } from '../../graph/operations/compiledOperation.js'
import type { ParamsTree } from '../../graph/params/paramsTree.js'
import type { ResultPath } from '../../graph/params/resultPath.js'
import { isResultPath } from '../../graph/params/template.js'
import { optionalKey } from '../../graph/params/unknownResultPath.js'
import type { CompiledPlan } from '../../model/graph.js'
import { operationName } from '../../model/operationType.js'
import { serverOf } from '../../operations/tool/toolServers.js'

/** What a plan's caller should know of an operation before it runs, although it may well succeed. */
export interface PlanNote {
  readonly id: string
  readonly text: string
}

/** Servers that could not be started, and references to what a result only may have. */
export function planNotes({ graph }: CompiledPlan, reasonAgainst: (server: string) => string | undefined): readonly PlanNote[] {
  const types = new Map(graph.operations.map((operation) => [operation.id, (operation as CompiledPlanOperation).operationType])) // What compilePlan makes are operations of a plan.
  return graph.operations.flatMap((operation): readonly PlanNote[] => {
    const { id, operationType, given, extras } = operation as CompiledPlanOperation
    const reason = operationType.type === 'tool' ? reasonAgainst(serverOf(operationType.operation)) : undefined
    const used = given.type === 'unresolved' ? withoutDefault(given.tree) : []
    const notes = used.flatMap(({ id: from, keys, text }) => {
      const type = types.get(from)
      const key = type === undefined ? undefined : optionalKey(type.result, keys)
      if (type === undefined || key === undefined) return []
      return [
        `uses ${text}, but ${operationName(type)} does not always return ${JSON.stringify(key)}, and without it the operation fails. {"$ref":"${text}","default":…} prevents that.`,
      ]
    })
    const reasons = reason === undefined ? [] : [reason]
    return extras.each === undefined ? [...reasons, ...new Set(notes)].map((text) => ({ id, text })) : []
  })
}

/** References that nothing stands in for. */
function withoutDefault(tree: ParamsTree): readonly ResultPath[] {
  switch (tree.type) {
    case 'refer':
      return tree.otherwise === undefined ? [tree.pointer] : []
    case 'template':
      return [...new Set(tree.parts.filter(isResultPath))]
    case 'fields':
      return [...tree.fields.values()].flatMap(withoutDefault)
    case 'items':
      return tree.items.flatMap(withoutDefault)
    case 'fixed':
    case 'literal':
    case 'secret':
    case 'item':
    case 'unusable':
      return []
  }
}

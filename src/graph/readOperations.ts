import type { PlanFault } from '../model/fault.js'
import type { OperationRegistry } from '../model/operationType.js'
import type { PlanDefaults } from '../model/plan.js'
import type { Ids } from './ids.js'
import { typeOfMade } from './madeTask.js'
import type { OperationParts } from './parts.js'
import type { PlanSources } from './planTask.js'
import type { Limits } from './readLimits.js'
import type { Others } from './others.js'
import { fallbackOf, readOperation, typeNames, type ReadOperation } from './readOperation.js'
import { typeFinder } from './typeFinder.js'

interface Setting {
  readonly ids: Ids
  readonly limits: Limits
  readonly registry: OperationRegistry
  readonly planSources: PlanSources
  readonly defaults: PlanDefaults | undefined
  readonly faults: PlanFault[]
}

/** Reads the operations of a plan; adds a fault for all that is wrong with them. */
export function readOperations(operations: readonly OperationParts[], setting: Setting): readonly ReadOperation[] {
  const { ids, registry, faults } = setting
  const findType = typeFinder(registry)
  // All types come first: a reference may name an operation further down.
  const types = operations.map((parts, index) => (parts.made ? typeOfMade(parts.made) : findType(parts, ['operations', index], faults)))
  const indexOfMade = new Map(operations.flatMap(({ made }, index) => (made ? [[made, index] as const] : [])))
  const others: Others = {
    find(id) {
      const index = ids.indexOf.get(id)
      return index === undefined ? undefined : { index, operationType: types[index], fallback: fallbackOf(operations[index]!) }
    },
    findMade: (operation) => indexOfMade.get(operation),
    ids: () => ids.all,
  }
  const all = { ...setting, findType, nameOf: typeNames(registry) }
  return operations.map((parts, index) =>
    readOperation({ id: ids.all[index]!, index, parts, operationType: types[index] }, others, all, faults),
  )
}

import type { PlanFault, PlanPath } from '../model/fault.js'
import { operationName, type OperationRegistry, type OperationType } from '../model/operationType.js'

/** Finds the operation type that a plan names at `at`; adds a fault when there is none. */
export type TypeFinder = (
  named: { readonly type?: unknown; readonly operation?: unknown },
  at: PlanPath,
  faults: PlanFault[],
) => OperationType | undefined

export function typeFinder(registry: OperationRegistry): TypeFinder {
  const known = [...registry.keys()]
  const families = new Set([...registry.values()].map(({ type }) => type))
  return ({ type, operation }, at, faults) => {
    // Where one is missing, that is a fault of form already.
    if (typeof type !== 'string' || type === '' || typeof operation !== 'string' || operation === '') return undefined
    const name = operationName({ type, operation })
    const found = registry.get(name)
    if (found === undefined)
      faults.push({ type: 'unknown-operation-type', at: [...at, families.has(type) ? 'operation' : 'type'], name, known })
    return found
  }
}

import type { PlanPath } from '../../model/fault/fault.js'
import type { FaultList } from '../../model/fault/faultList.js'
import { operationName, type OperationRegistry, type OperationType } from '../../model/operationType.js'

/** Finds the operation type that a plan names at `at`; adds a fault when there is none. */
export type TypeFinder = (
  named: { readonly type?: unknown; readonly operation?: unknown },
  at: PlanPath,
  faults: FaultList,
) => OperationType | undefined

export function typeFinder(registry: OperationRegistry): TypeFinder {
  const known = [...registry.keys()]
  const families = new Set([...registry.values()].map(({ type }) => type))
  // By both parts of its name, so that the name need not be made for each operation.
  const found = new Map<string, Map<string, OperationType>>()
  return ({ type, operation }, at, faults) => {
    // Where one is missing, or is no text, that is a fault of form already.
    if (typeof type !== 'string' || type === '') return undefined
    const [first, second] = [type, operation ?? '']
    if (typeof second !== 'string' || (second === '' && (operation === '' || !type.includes('.')))) return undefined
    const before = found.get(first)?.get(second)
    if (before !== undefined) return before
    const name = second === '' ? first : operationName({ type: first, operation: second })
    const operationType = registry.get(name)
    if (operationType === undefined)
      faults.push({ type: 'unknown-operation-type', at: [...at, second !== '' && families.has(first) ? 'operation' : 'type'], name, known })
    else found.set(first, (found.get(first) ?? new Map<string, OperationType>()).set(second, operationType))
    return operationType
  }
}

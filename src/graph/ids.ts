import type { PlanFault, PlanPath } from '../model/fault.js'
import type { OperationParts } from './parts.js'

/** The names of a plan's operations. */
export interface Ids {
  readonly all: readonly string[]
  readonly indexOf: ReadonlyMap<string, number>
  readonly faults: readonly PlanFault[]
}

/**
 * Names each operation: by its `id`, else `op1`, `op2`, … by position.
 *
 * A default id that another operation was given is a fault: with any other choice a reference to it would mean what its writer did not.
 */
export function idsOf(operations: readonly OperationParts[]): Ids {
  const all = operations.map(({ id }, index) => (typeof id === 'string' ? id : `op${index + 1}`))
  const holders = new Map<string, PlanPath>()
  const indexOf = new Map<string, number>()
  const faults: PlanFault[] = []
  const hold = (index: number, at: PlanPath): void => {
    const id = all[index]!
    const first = holders.get(id)
    if (first !== undefined) faults.push({ type: 'duplicate-id', at, id, first })
    else {
      holders.set(id, at)
      indexOf.set(id, index)
    }
  }
  // What was named comes first: the fault stands where no name was given.
  operations.forEach(({ id }, index) => {
    if (typeof id === 'string') hold(index, ['operations', index, 'id'])
  })
  operations.forEach(({ id }, index) => {
    if (id === undefined) hold(index, ['operations', index])
  })
  return { all, indexOf, faults }
}

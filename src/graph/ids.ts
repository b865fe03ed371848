import type { PlanFault, PlanPath } from '../model/fault.js'
import type { Member } from './member.js'

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
export function idsOf(operations: readonly Member[]): Ids {
  const all: string[] = []
  const indexOf = new Map<string, number>()
  const faults: PlanFault[] = []
  const hold = (index: number): void => {
    const id = all[index]!
    const first = indexOf.get(id)
    if (first === undefined) indexOf.set(id, index)
    else faults.push({ type: 'duplicate-id', at: nameAt(operations, index), id, first: nameAt(operations, first) })
  }
  let unnamed = false
  for (let index = 0; index < operations.length; index++) {
    const { id } = operations[index]!
    const named = typeof id === 'string'
    unnamed ||= id === undefined
    all.push(named ? id : `op${index + 1}`)
    if (named) hold(index)
  }
  // What was named comes first: the fault stands where no name was given.
  if (unnamed) operations.forEach(({ id }, index) => id === undefined && hold(index))
  return { all, indexOf, faults }
}

function nameAt(operations: readonly Member[], index: number): PlanPath {
  return operations[index]!.id === undefined ? ['operations', index] : ['operations', index, 'id']
}

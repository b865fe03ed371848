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
  const all = operations.map(({ id }, index) => (typeof id === 'string' ? id : `op${index + 1}`))
  const indexOf = new Map<string, number>()
  let held = 0
  for (let index = 0; index < all.length; index++)
    if (isHolder(operations[index]!)) {
      held++
      indexOf.set(all[index]!, index)
    }
  // Most plans have no id twice: to look each up first would cost them half as much again.
  return indexOf.size === held ? { all, indexOf, faults: [] } : heldTwice(operations, all)
}

/** Whether it has a name by which it may be meant: one that is no text is a fault of form already. */
function isHolder({ id }: Member): boolean {
  return typeof id === 'string' || id === undefined
}

function heldTwice(operations: readonly Member[], all: readonly string[]): Ids {
  const indexOf = new Map<string, number>()
  const faults: PlanFault[] = []
  const hold = (index: number): void => {
    const id = all[index]!
    const first = indexOf.get(id)
    if (first === undefined) indexOf.set(id, index)
    else faults.push({ type: 'duplicate-id', at: nameAt(operations, index), id, first: nameAt(operations, first) })
  }
  // What was named comes first: the fault stands where no name was given.
  operations.forEach(({ id }, index) => typeof id === 'string' && hold(index))
  operations.forEach(({ id }, index) => id === undefined && hold(index))
  return { all, indexOf, faults }
}

function nameAt(operations: readonly Member[], index: number): PlanPath {
  return operations[index]!.id === undefined ? ['operations', index] : ['operations', index, 'id']
}

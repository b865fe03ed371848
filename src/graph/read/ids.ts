import { FaultList } from '../../model/fault/faultList.js'
import type { PlanPath } from '../../model/fault/fault.js'
import type { SourceOperation } from './sourceOperation.js'

/** The names of a plan's operations. */
export interface Ids {
  readonly all: readonly string[]
  readonly indexOf: ReadonlyMap<string, number>
  readonly faults: FaultList
}

/**
 * Names each operation: by its `id`, else `op1`, `op2`, … by position.
 *
 * A default id that another operation was given is a fault: with any other choice a reference to it would mean what its writer did not.
 */
export function idsOf(operations: readonly SourceOperation[]): Ids {
  const all = operations.map(({ id }, index) => (typeof id === 'string' ? id : `op${index + 1}`))
  // What was named comes first: a fault stands where no name was given. An id that is no text is a fault of form already.
  const holders: number[] = []
  const unnamed: number[] = []
  operations.forEach(({ id }, index) => {
    if (typeof id === 'string') holders.push(index)
    else if (id === undefined) unnamed.push(index)
  })
  for (const index of unnamed) holders.push(index)
  const indexOf = new Map<string, number>()
  // Backwards, so that the first of several stays: to look each up before would cost half as much again, and most plans have none.
  for (let at = holders.length - 1; at >= 0; at--) indexOf.set(all[holders[at]!]!, holders[at]!)
  const faults = new FaultList()
  const named = (id: string): boolean => indexOf.has(id)
  for (const index of holders) {
    const parent = itemOf(all[index]!, named)
    if (parent !== undefined) faults.push({ type: 'item-id', at: nameAt(operations, index), id: all[index]!, parent })
  }
  if (indexOf.size === holders.length) return { all, indexOf, faults }
  for (const index of holders) {
    const id = all[index]!
    const first = indexOf.get(id)!
    if (first !== index) faults.push({ type: 'duplicate-id', at: nameAt(operations, index), id, first: nameAt(operations, first) })
  }
  return { all, indexOf, faults }
}

/** The operation of whose items one would bear this id; undefined when there is none. */
export function itemOf(id: string, named: (id: string) => boolean): string | undefined {
  if (!id.endsWith(']')) return undefined
  for (let at = id.indexOf('[', 1); at > 0; at = id.indexOf('[', at + 1)) if (named(id.slice(0, at))) return id.slice(0, at)
  return undefined
}

function nameAt(operations: readonly SourceOperation[], index: number): PlanPath {
  return operations[index]!.id === undefined ? ['operations', index] : ['operations', index, 'id']
}

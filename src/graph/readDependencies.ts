import type { PlanFault } from '../model/fault.js'
import type { Others } from './others.js'

const none: readonly number[] = []

/** The indexes of the operations that one lists in its dependencies; adds a fault for each id that there is not. */
export function readDependencies(listed: unknown, index: number, others: Others, faults: PlanFault[]): readonly number[] {
  if (!Array.isArray(listed)) return none
  const indexes: number[] = []
  listed.forEach((id: unknown, position) => {
    if (typeof id !== 'string') return // A fault of form already.
    const found = others.find(id)
    if (found !== undefined) indexes.push(found.index)
    else
      faults.push({ type: 'unknown-id', at: ['operations', index, 'dependencies', position], id, role: 'dependency', known: others.ids() })
  })
  return indexes
}

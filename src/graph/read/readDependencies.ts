import type { FaultList } from '../../model/fault/faultList.js'
import { Kind } from '../edges/edgeStore.js'
import { idOfNeeded } from './madeParts.js'
import type { ExplicitEdgeList } from '../edges/explicitEdges.js'
import type { KnownOperations } from '../params/knownOperations.js'

/** Adds the operations that one lists in its dependencies to what it needs, and a fault for each id that there is not. */
export function readDependencies(
  listed: unknown,
  index: number,
  others: KnownOperations,
  needs: Pick<ExplicitEdgeList, 'add'>,
  faults: FaultList,
): void {
  if (!Array.isArray(listed)) return
  for (let position = 0; position < listed.length; position++) {
    const id = idOfNeeded(listed[position])
    if (typeof id !== 'string') continue // A fault of form already.
    const found = others.indexOf(id)
    if (found !== undefined) needs.add(found, Kind.explicit)
    else
      faults.push({ type: 'unknown-id', at: ['operations', index, 'dependencies', position], id, role: 'dependency', known: others.ids() })
  }
}

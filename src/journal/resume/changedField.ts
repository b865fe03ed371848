import { fingerprintsOf } from '../../graph/operations/fingerprints.js'
import type { CompiledOperation } from '../../model/graph.js'
import type { KeptOperation } from '../keptOperations.js'

/** What differs between an operation and the one of this id in the run that is resumed; undefined when nothing does. */
export function changedField(operation: CompiledOperation, before: KeptOperation): 'type' | 'params' | undefined {
  if (operation.name !== before.type) return 'type'
  return fingerprintsOf(operation).exact === before.exact ? undefined : 'params'
}

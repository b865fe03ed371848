import type { CompiledOperation } from '../../model/graph.js'
import type { OperationType } from '../../model/operationType.js'

/** The type of a whole that does an operation of another type once for each item. */
export interface ItemsType extends OperationType {
  readonly itemType: OperationType
  readonly start: CompiledOperation['start']
}

export function itemsTypeOf(operationType: OperationType): ItemsType | undefined {
  return 'itemType' in operationType ? (operationType as ItemsType) : undefined // Only such types have it.
}

import type { Operation } from '../../model/code/operation.js'
import type { OperationType } from '../../model/operationType.js'

/** What is known of the operation that a reference names. */
export interface Referred {
  readonly index: number
  readonly operationType: OperationType | undefined
  readonly fallback: { readonly value: unknown } | undefined
}

/** The other operations that one may name, by their index in a plan or their position in a stream. */
export interface KnownOperations {
  find(id: string): Referred | undefined
  /** For those that only wait for it. */
  indexOf(id: string): number | undefined
  findMade(operation: Operation): number | undefined
  /** Those to name when one is not found. */
  ids(): readonly string[]
}

import type { Operation } from '../model/code/operation.js'
import type { Referred } from './referenceCheck.js'

/** The other operations that one may name, by their index in a plan or their position in a stream. */
export interface Others {
  readonly find: (id: string) => Referred | undefined
  readonly findMade: (operation: Operation) => number | undefined
  /** Those to name when one is not found. */
  readonly ids: () => readonly string[]
}

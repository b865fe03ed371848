import type { Inputs } from './inputs.js'
import type { ResultPath } from './resultPath.js'
import type { Names } from './resolveReference.js'

/** The ids of the operations that one may refer to. */
export interface OperationNames extends Names {
  /** Whether its result is declared to have these keys: a result of any shape declares none. */
  declares(id: string, keys: ResultPath['keys']): boolean
}

/** What the markers of one operation may name. */
export interface MarkerScope {
  readonly names: OperationNames
  readonly inputs: Inputs
  /** Whether it has items. */
  readonly items: boolean
}

import type { OperationType } from '../../model/operationType.js'

/** An operation that an agent or a check performs, with its params decoded. */
export interface PreparedOperation {
  readonly type: 'operation'
  readonly name: string
  readonly operationType: OperationType
  readonly params: unknown
}

/** A task that has been checked: all that can still be wrong with it is that an agent may not do it. */
export type PreparedTask = PreparedOperation | { readonly type: 'text'; readonly name: string; readonly text: string }

import type { OperationType } from '../../model/operationType.js'

/** An operation that an agent or a check performs, with its params decoded. */
export interface PreparedOperation {
  readonly type: 'operation'
  readonly name: string
  readonly operationType: OperationType
  readonly params: unknown
}

/** A task whose form is right: only the agent's permission is left to check. */
export type PreparedTask = PreparedOperation | { readonly type: 'text'; readonly name: string; readonly text: string }

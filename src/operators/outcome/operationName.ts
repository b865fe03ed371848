import { hasId } from '../../model/code/hasId.js'
import { refuse } from '../../model/options/checkOptions.js'
import { kind } from '../../model/options/kinds.js'

/** Names one operation: its id, or an object with that id. */
export type OperationName = string | { readonly id: string }

/** @internal */
export function idOf(call: string, operation: OperationName): string {
  refuse(call, operationKind.faults(operation, ['operation']))
  return typeof operation === 'string' ? operation : operation.id
}

const operationKind = kind('an operation, or the id of one', (value) => hasId(value) || (typeof value === 'string' && value !== ''))

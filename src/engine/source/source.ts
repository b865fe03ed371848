import type { Operation } from '../../model/code/operation.js'
import type { OperationLiteral } from '../../model/code/planLiteral.js'

/** Where a stream of operations is pulled from. A function gets a signal that is aborted when the run stops reading. */
export type OperationSource =
  Iterable<OperationLiteral | Operation> | AsyncIterable<unknown> | ((signal: AbortSignal) => AsyncIterable<unknown>)

/** Whether this is a stream to pull from: a list is a plan, whose operations are all known. */
export function isOperationSource(input: unknown): input is OperationSource {
  if (typeof input === 'function') return true
  return typeof input === 'object' && input !== null && !Array.isArray(input) && (Symbol.iterator in input || Symbol.asyncIterator in input)
}

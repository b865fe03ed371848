import { isPlainObject, own } from '../../model/codec/plainObject.js'
import { isOperationId } from '../../model/operationId.js'

/** What to call something in a stream that could not be read as an operation: by its id if it has one. */
export function idOfWritten(written: unknown, position: number): string {
  const id = isPlainObject(written) ? own(written, 'id') : undefined
  return isOperationId(id) ? id : `op${position + 1}`
}

import { isOperationId, OperationId } from '../operationId.js'
import { madeInCode, type Made, type Operation } from './operation.js'

/** Throws on an id that no plan could name: in code that is a slip of the programmer, not data. */
export function makeOperation<R>(id: string, made: Made): Operation<R> {
  if (!isOperationId(id)) throw new TypeError(`${JSON.stringify(id)} is no id for an operation. Give it ${OperationId.name}.`)
  return { id, [madeInCode]: made }
}

import { quoteText } from '../fault/quote.js'
import { isOperationId, OperationId } from '../operationId.js'
import { received } from '../options/optionFault.js'
import { madeInCode } from '../madeInCode.js'
import { type Made, type Operation } from './operation.js'

/** Throws on an id that no plan could name: in code that is a slip of the programmer, not data. */
export function makeOperation<R>(id: string, made: Made): Operation<R> {
  checkId(id)
  return { id, [madeInCode]: made }
}

export function checkId(id: unknown): void {
  if (!isOperationId(id)) throw new TypeError(`${received(id)} is not an id for an operation. Give it ${OperationId.name}.`)
}

/** The call that made an operation, as people write it. */
export function callOf(name: string, id: unknown): string {
  return typeof id === 'string' ? `${name}(${quoteText(id)})` : name
}

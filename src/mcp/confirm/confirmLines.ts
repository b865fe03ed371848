import { showPath } from '../answers/form/label.js'
import type { OperationToConfirm } from './operationsToConfirm.js'

/** More operations than this are counted: nobody reads on. */
export const mostListed = 20

/** A line for each operation that somebody has to agree to; of many the first. */
export function confirmLines(operations: readonly OperationToConfirm[], mark = ''): readonly string[] {
  const lines = operations
    .slice(0, mostListed)
    .map(({ id, name, what }) => `${mark}${showPath(id)} ${name}${what === '' ? '' : ` ${what}`}`)
  return operations.length > mostListed ? [...lines, `${mark}and ${operations.length - mostListed} more`] : lines
}

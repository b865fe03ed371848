import { isOperation, madeInCode, noSettings, type Operation } from '../model/code/operation.js'
import type { PlanFault } from '../model/fault.js'
import { readOperationParts, type OperationParts } from './parts.js'

/** What can be used of an operation that was made in code, read by the same rules as one of a plan. */
export function madeParts(operation: Operation, index: number, faults: PlanFault[]): OperationParts {
  const made = operation[madeInCode]
  const kind = made.type === 'typed' ? made.operationType : { type: 'code', operation: made.type }
  const named = { id: operation.id, type: kind.type, operation: kind.operation, ...(made.type === 'typed' && { params: made.params }) }
  // The compiler has checked settings that are there; most operations have none.
  if (made.settings === noSettings) return { ...named, made: operation }
  const { dependencies = [] } = made.settings
  const ids = dependencies.map((needed) => (isOperation(needed) ? needed.id : needed))
  return { ...readOperationParts({ ...made.settings, ...named, dependencies: ids }, index, faults), made: operation }
}

/** The operations whose values one made in code is given, with the names it knows them by. */
export function needsOfMade(operation: Operation): readonly { readonly name: string; readonly needed: Operation }[] {
  const made = operation[madeInCode]
  switch (made.type) {
    case 'function':
      return Object.entries(made.needs).map(([name, needed]) => ({ name, needed }))
    case 'each':
      return [{ name: 'items', needed: made.items }]
    case 'typed':
      return []
  }
}

import { madeInCode } from '../../model/madeInCode.js'
import { isOperation, type Operation } from '../../model/code/operation.js'
import type { FaultList } from '../../model/fault/faultList.js'
import type { OperationType } from '../../model/operationType.js'
import { isSound, madeParts } from './madeParts.js'
import { typeOfMade } from '../operations/operationInCode.js'
import { readOperationParts, type OperationParts } from './operationParts.js'
import type { TypeFinder } from './typeFinder.js'

/**
 * One operation of a plan, its form checked: what can be used of it; or itself, when it was made in code and nothing is wrong with
 * it. Most that are made in code are: for those no further object is made.
 */
export type SourceOperation = OperationParts | Operation

export function readSourceOperation(operation: unknown, index: number, faults: FaultList): SourceOperation {
  if (!isOperation(operation)) return readOperationParts(operation, index, faults)
  return isSound(operation) ? operation : madeParts(operation, index, faults)
}

/** The operation made in code, if it was. */
export function madeOf(member: SourceOperation): Operation | undefined {
  return isOperation(member) ? member : member.made
}

/** The operation type of the one at `index`; adds a fault when its plan names none that there is. */
export function typeOf(member: SourceOperation, index: number, findType: TypeFinder, faults: FaultList): OperationType | undefined {
  const made = madeOf(member)
  // What was not made in code has only its parts.
  return made === undefined ? findType(member as OperationParts, ['operations', index], faults) : typeOfMade(made)
}

/** What it is given besides its work. */
export function settingsOf(member: SourceOperation): Omit<OperationParts, 'dependencies' | 'each' | 'service' | 'ready'> & {
  readonly dependencies?: unknown
  readonly each?: unknown
  readonly service?: unknown
  readonly ready?: unknown
} {
  return isOperation(member) ? member[madeInCode].settings : member
}

/** What it is given for its work: params, as they are written. */
export function paramsOf(member: SourceOperation): unknown {
  if (!isOperation(member)) return member.params
  const made = member[madeInCode]
  return made.type === 'typed' ? made.params : undefined
}

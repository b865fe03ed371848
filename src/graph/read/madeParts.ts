import { madeInCode } from '../../model/madeInCode.js'
import { noSettings, type Made, type Needed, type Operation, type OperationSettings } from '../../model/code/operation.js'
import { hasId } from '../../model/code/hasId.js'
import type { FaultList } from '../../model/fault/faultList.js'
import { isOperationId } from '../../model/operationId.js'
import { PlanOperation } from '../../model/plan.js'
import { readOperationParts, type OperationParts } from './operationParts.js'

/** What can be used of an operation that was made in code, read by the same rules as one of a plan. */
export function madeParts(operation: Operation, index: number, faults: FaultList): OperationParts {
  const made = operation[madeInCode]
  const kind = made.type === 'typed' ? made.operationType : { type: 'code', operation: made.type }
  const named = { id: operation.id, type: kind.type, operation: kind.operation, ...(made.type === 'typed' && { params: made.params }) }
  // The compiler has checked settings that are there; most operations have none.
  if (made.settings === noSettings) return { ...named, made: operation }
  const { dependencies = [] } = made.settings
  const ids = dependencies.map((needed) => idOfNeeded(needed))
  return { ...readOperationParts({ ...made.settings, ...named, dependencies: ids }, index, faults), made: operation }
}

/**
 * Whether an operation made in code can be used as it is: then no parts of it are made. It holds what `madeParts` would find, and
 * where it says no, that looks closer.
 */
export function isSound(operation: Operation): boolean {
  const made = operation[madeInCode]
  const { settings } = made
  if (settings === noSettings) return true
  if (!isOperationId(operation.id) || (made.type === 'typed' && !isSoundType(made))) return false
  for (const field in settings) {
    if (!Object.hasOwn(settings, field)) return false
    const value: unknown = settings[field as keyof OperationSettings]
    if (field === 'dependencies' ? !areIds(value) : !isPlainSetting(field, value)) return false
  }
  return true
}

const { optional, required } = PlanOperation
const plainSettings: readonly string[] = ['when', 'priority', 'weight', 'pool', 'place', 'timeoutMs', 'retry', 'fallback', 'repeatable']

function isPlainSetting(field: string, value: unknown): boolean {
  return plainSettings.includes(field) && optional[field as keyof typeof optional].is(value)
}

function isSoundType({ operationType, params }: Extract<Made, { readonly type: 'typed' }>): boolean {
  return required.type.is(operationType.type) && optional.operation.is(operationType.operation) && optional.params.is(params)
}

function areIds(dependencies: unknown): boolean {
  if (dependencies === undefined) return true
  if (!Array.isArray(dependencies)) return false
  for (const needed of dependencies as readonly (Operation | string)[]) if (!isOperationId(idOfNeeded(needed))) return false
  return true
}

/** By what one made in code names another that must end first. */
export function idOfNeeded(needed: unknown): unknown {
  return hasId(needed) ? needed.id : needed
}

/** The operations whose values one made in code is given, in the order of their names. */
export function needsOfMade(operation: Operation): readonly Needed[] {
  const made = operation[madeInCode]
  switch (made.type) {
    case 'function':
      return Object.values(made.needs)
    case 'each':
      return [made.items, ...Object.values(made.needs)]
    case 'typed':
      return []
  }
}

import type { PlanFault } from '../model/fault.js'
import type { Operation } from '../model/code/operation.js'
import { operationName, type OperationRegistry, type OperationType } from '../model/operationType.js'
import type { PlanDefaults } from '../model/plan.js'
import type { Ids } from './ids.js'
import { needsOfMade } from './madeParts.js'
import { madeTask, typeOfMade, type Need } from './madeTask.js'
import type { OperationParts } from './parts.js'
import { startTask, type Pantry, type PlanTask, type PlanUndo } from './planTask.js'
import { readDependencies } from './readDependencies.js'
import { checkLimits, type Limits } from './readLimits.js'
import { readParams, type ReadParams } from './readParams.js'
import { readUndo } from './readUndo.js'
import { referenceCheck, type Referred } from './referenceCheck.js'
import { typeFinder } from './typeFinder.js'

/** An operation read: what it waits for, and its task if nothing is wrong with it. */
export interface ReadOperation {
  readonly dependencies: readonly number[]
  readonly sources: readonly number[]
  readonly task: PlanTask | undefined
}

interface Setting {
  readonly ids: Ids
  readonly limits: Limits
  readonly registry: OperationRegistry
  readonly pantry: Pantry
  readonly defaults: PlanDefaults | undefined
  readonly faults: PlanFault[]
}

export function readOperations(operations: readonly OperationParts[], setting: Setting): readonly ReadOperation[] {
  const { ids, limits, registry, pantry, faults } = setting
  const findType = typeFinder(registry)
  // One text for all operations of a type: a name made for each would be most of what a small task weighs.
  const names = new Map([...registry].map(([name, operationType]) => [operationType, name]))
  // All types come first: a reference may name an operation further down.
  const types = operations.map((parts, index) => (parts.made ? typeOfMade(parts.made) : findType(parts, ['operations', index], faults)))
  const indexOfMade = new Map(operations.flatMap(({ made }, index) => (made ? [[made, index] as const] : [])))
  const find = (id: string): Referred | undefined => {
    const index = ids.indexOf.get(id)
    return index === undefined ? undefined : { index, operationType: types[index], fallback: fallbackOf(operations[index]!) }
  }

  return operations.map((parts, index) => {
    const operationType = types[index]
    const at = ['operations', index]
    const needs = parts.made ? readNeeds(parts.made, index, indexOfMade, setting) : []
    const sources = new Set(needs.map((need) => need.index))
    const check = referenceCheck({ when: parts.when ?? 'success', operationType, find, ids: ids.all }, sources, faults)
    const read = readParams(parts.params, operationType, { at: [...at, 'params'], check, pantry, faults })
    const undo =
      parts.undo && readUndo(parts.undo, { at: [...at, 'undo'], own: { id: ids.all[index]!, operationType }, findType, pantry, faults })
    checkLimits(parts, index, limits, faults)
    const made = operationType &&
      read && {
        id: ids.all[index]!,
        name: names.get(operationType) ?? operationName(operationType),
        operationType,
        read,
        undo,
        sources: [...sources],
        needs,
      }
    return {
      dependencies: readDependencies(parts.dependencies, index, ids, faults),
      sources: [...sources],
      task: made && taskOf(parts, made, setting.defaults),
    }
  })
}

function taskOf(
  parts: OperationParts,
  made: {
    readonly id: string
    readonly name: string
    readonly operationType: OperationType
    readonly read: ReadParams
    readonly undo: PlanUndo | undefined
    readonly sources: readonly number[]
    readonly needs: readonly Need[]
  },
  defaults: PlanDefaults | undefined,
): PlanTask {
  const { id, name, operationType, read, undo, sources, needs } = made
  const task: PlanTask = {
    id,
    name,
    when: parts.when ?? 'success',
    priority: parts.priority ?? 'medium',
    // One that only sets others to work must not hold the slots they need.
    weight: operationType.coordinates === true ? 0 : (parts.weight ?? 1),
    pool: parts.pool,
    timeoutMs: parts.timeoutMs ?? parts.timeout ?? defaults?.timeoutMs ?? defaults?.timeout,
    retry: parts.retry ?? defaults?.retry,
    fallback: fallbackOf(parts),
    undo: parts.undo,
    secret: read.secret,
    sources,
    start: startTask,
    operationType,
    given: read.given,
    planUndo: undo,
  }
  return parts.made ? madeTask(task, parts.made, needs) : task
}

function readNeeds(
  operation: Operation,
  index: number,
  indexOf: ReadonlyMap<Operation, number>,
  { ids, faults }: Setting,
): readonly Need[] {
  return needsOfMade(operation).flatMap(({ name, needed }) => {
    const found = indexOf.get(needed)
    if (found !== undefined) return [{ name, index: found }]
    faults.push({ type: 'unknown-id', at: ['operations', index], id: needed.id, role: 'reference', known: ids.all })
    return []
  })
}

function fallbackOf(parts: OperationParts): PlanTask['fallback'] {
  return Object.hasOwn(parts, 'fallback') ? { value: parts.fallback } : undefined
}

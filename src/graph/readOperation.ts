import { madeInCode, type Operation } from '../model/code/operation.js'
import type { PlanFault } from '../model/fault.js'
import { operationName, type OperationType } from '../model/operationType.js'
import type { PlanDefaults } from '../model/plan.js'
import { needsOfMade } from './madeParts.js'
import { startOfMade } from './madeTask.js'
import type { Others } from './others.js'
import type { OperationParts } from './parts.js'
import { startTask, type Need, type PlanSources, type PlanTask } from './planTask.js'
import { readDependencies } from './readDependencies.js'
import { checkLimits, type Limits } from './readLimits.js'
import { readParams } from './readParams.js'
import { readUndo } from './readUndo.js'
import { referenceCheck } from './referenceCheck.js'
import type { TypeFinder } from './typeFinder.js'

/** An operation read: what it waits for, and its task if nothing is wrong with it. */
export interface ReadOperation {
  readonly dependencies: readonly number[]
  readonly sources: readonly number[]
  readonly task: PlanTask | undefined
}

/** What holds for all operations that are read together. */
export interface ReadSetting {
  readonly limits: Limits
  readonly findType: TypeFinder
  readonly nameOf: (operationType: OperationType) => string
  readonly planSources: PlanSources
  readonly defaults: PlanDefaults | undefined
}

/** Which operation is read, and where it stands. */
export interface Reading {
  readonly id: string
  readonly index: number
  readonly parts: OperationParts
  readonly operationType: OperationType | undefined
}

/** Reads one operation; adds a fault for all that is wrong with it. */
export function readOperation(reading: Reading, others: Others, setting: ReadSetting, faults: PlanFault[]): ReadOperation {
  const { id, index, parts, operationType } = reading
  const { limits, findType, planSources } = setting
  const at = ['operations', index]
  const needs = parts.made ? readNeeds(parts.made, index, others, faults) : noNeeds
  const sources = new Set<number>()
  for (const need of needs) sources.add(need.index)
  const check = referenceCheck({ when: parts.when ?? 'success', operationType, find: others.find, ids: others.ids }, sources, faults)
  const read = readParams(parts.params, operationType, { at: [...at, 'params'], check, planSources, faults })
  const undo = parts.undo && readUndo(parts.undo, { at: [...at, 'undo'], own: { id, operationType }, findType, planSources, faults })
  checkLimits(parts, index, limits, faults)
  const dependencies = readDependencies(parts.dependencies, index, others, faults)
  const listed = sources.size === 0 ? noSources : [...sources]
  if (operationType === undefined || read === undefined) return { dependencies, sources: listed, task: undefined }
  const { defaults } = setting
  const made = parts.made?.[madeInCode]
  // What limits an attempt of a fan-out is for its items: the whole has no attempt of that kind.
  const whole = made?.type === 'each'
  const task: PlanTask = {
    id,
    name: setting.nameOf(operationType),
    when: parts.when ?? 'success',
    priority: parts.priority ?? 'medium',
    // One that only sets others to work must not hold the slots they need.
    weight: operationType.coordinates === true ? 0 : (parts.weight ?? 1),
    pool: parts.pool,
    timeoutMs: whole ? undefined : (parts.timeoutMs ?? parts.timeout ?? defaults?.timeoutMs ?? defaults?.timeout),
    retry: whole ? undefined : (parts.retry ?? defaults?.retry),
    fallback: fallbackOf(parts),
    undo: parts.undo,
    undoes: operationType.undoes === true || operationType.coordinates === true,
    secret: read.secret,
    sources: listed,
    start: made === undefined ? startTask : startOfMade(made),
    operationType,
    given: read.given,
    planUndo: undo,
    made,
    needs,
  }
  return { dependencies, sources: listed, task }
}

const noNeeds: readonly Need[] = []
const noSources: readonly number[] = []

function readNeeds(operation: Operation, index: number, others: Others, faults: PlanFault[]): readonly Need[] {
  return needsOfMade(operation).flatMap(({ name, needed }) => {
    const found = others.findMade(needed)
    if (found !== undefined) return [{ name, index: found }]
    faults.push({ type: 'unknown-id', at: ['operations', index], id: needed.id, role: 'reference', known: others.ids() })
    return []
  })
}

export function fallbackOf(parts: OperationParts): PlanTask['fallback'] {
  return Object.hasOwn(parts, 'fallback') ? { value: parts.fallback } : undefined
}

/** How operation types are called: one text for all operations of a type, which else would be most of what a small task weighs. */
export function typeNames(registry: ReadonlyMap<string, OperationType>): (operationType: OperationType) => string {
  const names = new Map([...registry].map(([name, operationType]) => [operationType, name]))
  return (operationType) => {
    let name = names.get(operationType)
    if (name === undefined) names.set(operationType, (name = operationName(operationType)))
    return name
  }
}

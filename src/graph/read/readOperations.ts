// graph/read: reads the form of a plan: its operations, ids, limits and undos, with a fault for whatever does not fit.
import type { Operation } from '../../model/code/operation.js'
import type { FaultList } from '../../model/fault/faultList.js'
import { eachTypes, type EachTypes } from '../items/eachTypes.js'
import { planLimits } from '../../model/limits.js'
import type { OperationRegistry, OperationType } from '../../model/operationType.js'
import type { PlanDefaults } from '../../model/plan.js'
import type { Ids } from './ids.js'
import { madeOf, settingsOf, typeOf, type SourceOperation } from './sourceOperation.js'
import { explicitEdges, type ExplicitEdges } from '../edges/explicitEdges.js'
import type { Inputs } from '../params/inputs.js'
import type { KnownOperations } from '../params/knownOperations.js'
import type { PlanSources, CompiledPlanOperation } from '../operations/compiledOperation.js'
import type { Limits } from './readLimits.js'
import { fallbackOf, readOperation } from './readOperation.js'
import { operationKinds } from '../operations/operationKinds.js'
import { serviceTypeOf } from './readService.js'
import { typeFinder } from './typeFinder.js'

interface Setting {
  readonly ids: Ids
  readonly limits: Limits
  readonly inputs: Inputs
  readonly infer: boolean
  readonly registry: OperationRegistry
  readonly planSources: PlanSources
  readonly defaults: PlanDefaults | undefined
  readonly faults: FaultList
}

/** What the operations of a plan wait for, and in compiled form those with nothing wrong. */
export interface ReadOperations {
  readonly operations: readonly CompiledPlanOperation[]
  readonly needs: ExplicitEdges
}

/** Reads the operations of a plan; adds a fault for all that is wrong with them. */
export function readOperations(operations: readonly SourceOperation[], setting: Setting): ReadOperations {
  const { ids, registry, planSources, defaults, faults } = setting
  const findType = typeFinder(registry)
  // All types come first: a reference may name an operation further down.
  const wholes = eachTypes()
  const types = operations.map((member, index) => typeInPlan(typeOf(member, index, findType, faults), settingsOf(member), wholes))
  const others: KnownOperations = {
    find(id) {
      const index = ids.indexOf.get(id)
      return index === undefined ? undefined : { index, operationType: types[index], fallback: fallbackOf(settingsOf(operations[index]!)) }
    },
    indexOf: (id) => ids.indexOf.get(id),
    findMade: madeFinder(operations, ids),
    ids: () => ids.all,
  }
  const mostItems = Math.max(0, planLimits.operations - operations.length)
  const all = { ...setting, registry, mostItems, findType, planSources: () => planSources, kindOf: operationKinds(registry, defaults) }
  const needs = explicitEdges(operations.length)
  const compiled: CompiledPlanOperation[] = []
  for (let index = 0; index < operations.length; index++) {
    const reading = { id: ids.all[index]!, index, member: operations[index]!, operationType: types[index] }
    const operation = readOperation(reading, others, needs, all, faults)
    if (operation !== undefined) compiled.push(operation)
    needs.next()
  }
  return { operations: compiled, needs: needs.done() }
}

/** The type of an operation as it is used: of the whole that is done once for each item, of a service, or its own. */
export function typeInPlan(
  operationType: OperationType | undefined,
  { each, settle, service }: ReturnType<typeof settingsOf>,
  wholes: EachTypes,
): OperationType | undefined {
  if (operationType === undefined) return undefined
  if (service === true) return serviceTypeOf(operationType) ?? operationType
  return each === undefined ? operationType : wholes(operationType, settle === true)
}

/** Finds operations by what they were made as. Where each name is held once, it leads to the only one that can be meant. */
function madeFinder(operations: readonly SourceOperation[], { indexOf, faults }: Ids): KnownOperations['findMade'] {
  let indexes: Map<Operation | undefined, number> | undefined
  return (operation) => {
    const named = indexOf.get(operation.id)
    if (faults.length === 0 && named !== undefined && madeOf(operations[named]!) === operation) return named
    indexes ??= new Map(operations.map((member, index) => [madeOf(member), index]))
    return indexes.get(operation)
  }
}

import { isOperation } from '../../model/code/operation.js'
import { madeInCode } from '../../model/madeInCode.js'
import { type Operation } from '../../model/code/operation.js'
import type { FaultList } from '../../model/fault/faultList.js'
import type { CompiledOperation } from '../../model/graph.js'
import type { OperationRegistry, OperationType } from '../../model/operationType.js'
import { Kind } from '../edges/edgeStore.js'
import { needsOfMade } from './madeParts.js'
import { madeOf, paramsOf, settingsOf, type SourceOperation } from './sourceOperation.js'
import type { ExplicitEdgeList } from '../edges/explicitEdges.js'
import type { KnownOperations } from '../params/knownOperations.js'
import { noExtras, CompiledPlanOperation, type PlanSources, type OperationExtras } from '../operations/compiledOperation.js'
import { hasSecret, seenIn } from '../params/paramsScan.js'
import { readDependencies } from './readDependencies.js'
import { withDefaultEnv } from './defaultEnv.js'
import type { PlanDefaults } from '../../model/plan.js'
import { checkLimits, type Limits } from './readLimits.js'
import { readParams, type ParamsPlace } from './readParams.js'
import { readServiceParams } from './readService.js'
import { readUndo } from './readUndo.js'
import type { Inputs } from '../params/inputs.js'
import type * as t from 'io-ts'
import { operationName } from '../../model/operationType.js'
import { isLocal } from '../operations/operationInCode.js'
import { itemsTypeOf } from '../operations/itemsType.js'
import type { MarkerReader } from '../params/paramsTree.js'
import { readCondition } from '../conditions/readCondition.js'
import { checkItems, readItems } from './readItems.js'
import { referenceCheck, type Referrer } from '../params/referenceCheck.js'
import type { KindFinder } from '../operations/operationKinds.js'
import type { TypeFinder } from './typeFinder.js'

/** What holds for all operations that are read together. */
export interface ReadSetting {
  readonly limits: Limits
  readonly inputs: Inputs
  readonly defaults: PlanDefaults | undefined
  /** How many items the run may have, all wholes together. */
  readonly mostItems: number
  /** Whether what operations touch orders them. */
  readonly infer: boolean
  readonly registry: OperationRegistry
  readonly findType: TypeFinder
  readonly kindOf: KindFinder
  /** Where the operation that is read now finds what its markers stand for; asked for once they were checked. */
  readonly planSources: () => PlanSources
}

/** Which operation is read, and where it stands. */
export interface Reading {
  readonly id: string
  readonly index: number
  readonly member: SourceOperation
  readonly operationType: OperationType | undefined
}

/** Reads one operation and what it needs: the compiled operation, if nothing is wrong with it. Adds a fault for all that is. */
export function readOperation(
  { id, index, member, operationType }: Reading,
  others: KnownOperations,
  needs: Pick<ExplicitEdgeList, 'add'>,
  { limits, inputs, defaults, mostItems, infer, registry, findType, kindOf, planSources }: ReadSetting,
  faults: FaultList,
): CompiledPlanOperation | undefined {
  const operation = madeOf(member)
  const settings = settingsOf(member)
  const { when = 'success', undo, each } = settings
  const needed = operation === undefined ? noIndexes : readNeeds(operation, index, others, faults)
  const at = ['operations', index]
  let referred: Set<number> | undefined
  const readerFor = (items: Referrer['items']): MarkerReader =>
    referenceCheck({ when, operationType, others, inputs, items }, (referred ??= new Set(needed)), faults)
  if (settings.settle === true && each === undefined) faults.push({ type: 'without-each', at: [...at, 'settle'] })
  const items = each === undefined ? undefined : readItems(each, [...at, 'each'], { reader: readerFor(undefined), others, inputs, faults })
  const condition =
    settings.if && readCondition(settings.if, { at: [...at, 'if'], reader: readerFor(undefined), planSources, others, faults })
  const ofItem = each === undefined ? undefined : { item: items?.item }
  const params = withDefaultEnv(paramsOf(member), operationType, defaults)
  const place: ParamsPlace = { at: () => [...at, 'params'], reader: () => readerFor(ofItem), planSources, faults }
  const read =
    settings.service === undefined && settings.ready === undefined
      ? readParams(params, operationType, place)
      : readServiceParams(params, settings, { operationType, registry, index }, place)
  if (items?.items.type === 'list' && read?.given.type === 'unresolved' && operationType !== undefined)
    checkItems(
      read.given.tree,
      operationType.params as t.Mixed,
      items.items.list,
      { at: [...at, 'params'], of: operationName(operationType) },
      faults,
    )
  const itemType = operationType && itemsTypeOf(operationType)?.itemType
  const planUndo =
    undo &&
    readUndo(undo, {
      at: [...at, 'undo'],
      own: { id, operationType: itemType ?? operationType, items: ofItem },
      inputs,
      findType,
      planSources,
      faults,
    })
  checkLimits(settings, index, limits, faults)
  const performed = itemType ?? operationType
  if (settings.place !== undefined && settings.place !== 'here' && performed !== undefined && isLocal(performed))
    faults.push({ type: 'always-here', at: [...at, 'place'], name: operationName(performed) })
  readDependencies(settings.dependencies, index, others, needs, faults)
  const sources: readonly number[] = referred === undefined ? distinct(needed) : [...(referred as ReadonlySet<number>)]
  for (const source of sources) needs.add(source, Kind.reference)
  if (operationType === undefined || read === undefined) return undefined
  const fallback = fallbackOf(settings)
  // One made in code may hold anything, also itself: what is secret in it is found when it is reported.
  const holdsSecret = (value: unknown): boolean => operation === undefined && (seenIn(value) & hasSecret) !== 0
  const secret = read.secret || holdsSecret(fallback?.value) || (items?.items.type === 'list' && holdsSecret(items.items.list))
  const made = operation?.[madeInCode]
  const confirm = settings.confirm === true
  const plain = sources === needed && !secret && fallback === undefined && undo === undefined && settings.title === undefined && !confirm
  // Most have nothing of their own: they share one object, and none is made for them.
  if (plain && items === undefined && condition === undefined)
    return new CompiledPlanOperation(id, kindOf(operationType, settings), read.given, made, sources, noExtras)
  const own = { ...noExtras, secret, title: settings.title, needs: sources === needed ? undefined : needed, condition, confirm }
  const done = { fallback, undo, planUndo }
  // What limits an item and what takes it back is its own.
  const extras: OperationExtras =
    items !== undefined && itemType !== undefined
      ? {
          ...own,
          each: {
            items: items.items,
            kind: kindOf(itemType, settings),
            extras: { ...noExtras, secret, ...done },
            settle: settings.settle === true,
            most: mostItems,
            infer,
          },
        }
      : { ...own, ...done }
  return new CompiledPlanOperation(id, kindOf(operationType, settings), read.given, made, sources, extras)
}

const noIndexes: readonly number[] = []

function readNeeds(operation: Operation, index: number, others: KnownOperations, faults: FaultList): readonly number[] {
  const needed = needsOfMade(operation)
  if (needed.length === 0) return noIndexes
  const indexes: number[] = []
  for (const one of needed) {
    const found = isOperation(one) ? others.findMade(one) : others.find(one.id)?.index
    if (found !== undefined) indexes.push(found)
    else faults.push({ type: 'unknown-id', at: ['operations', index], id: one.id, role: 'need', known: others.ids() })
  }
  return indexes
}

/** The very same list where no index is in it twice. */
function distinct(indexes: readonly number[]): readonly number[] {
  if (indexes.length < 2) return indexes
  const once = new Set(indexes)
  return once.size === indexes.length ? indexes : [...once]
}

export function fallbackOf(settings: { readonly fallback?: unknown }): CompiledOperation['fallback'] {
  return Object.hasOwn(settings, 'fallback') ? { value: settings.fallback } : undefined
}

import * as E from 'fp-ts/lib/Either.js'
import { isNonEmpty } from '../model/isNonEmpty.js'
import type { NonEmptyArray } from 'fp-ts/lib/NonEmptyArray.js'
import { isOperation, type Operation } from '../model/code/operation.js'
import type { PlanFault } from '../model/fault/fault.js'
import { FaultList } from '../model/fault/faultList.js'
import { planLimits } from '../model/limits.js'
import type { OperationRegistry } from '../model/operationType.js'
import type { PlanDefaults } from '../model/plan.js'
import { untouched, type Access } from './effects/access.js'
import { addInexact, unfitIn } from './read/unfit.js'
import { readSourceOperation, settingsOf, typeOf } from './read/sourceOperation.js'
import type { ExplicitEdgeList } from './edges/explicitEdges.js'
import type { Inputs } from './params/inputs.js'
import type { KnownOperations, Referred } from './params/knownOperations.js'
import type { PlanSources, CompiledPlanOperation } from './operations/compiledOperation.js'
import type { Limits } from './read/readLimits.js'
import { itemOf } from './read/ids.js'
import { eachTypes } from './items/eachTypes.js'
import { typeInPlan } from './read/readOperations.js'
import { readOperation } from './read/readOperation.js'
import { operationKinds } from './operations/operationKinds.js'
import { typeFinder } from './read/typeFinder.js'
import { touchedBy } from './effects/touchedBy.js'

/** One operation of a stream, ready to run. */
export interface StreamedOperation {
  readonly operation: CompiledPlanOperation
  /** Positions of the operations it waits for, by their ids or their values. */
  readonly waitsFor: readonly number[]
  readonly accesses: readonly Access[]
  /** Whether it was given an id: only then can later ones refer to it. */
  readonly named: boolean
  /** Whether its result may be referred to however far back it is. */
  readonly keep: boolean
}

/** How the operations of a stream find those before them. */
export interface Earlier extends Omit<KnownOperations, 'indexOf'> {
  /** The position of an operation by its id, as far back as one may look. */
  positionOf(id: string): number | undefined
}

/** Reads the operation at a position of a stream, or says all that is wrong with it. */
export type StreamReader = (written: unknown, position: number) => E.Either<NonEmptyArray<PlanFault>, StreamedOperation>

interface StreamSetting {
  readonly limits: Limits
  readonly inputs: Inputs
  readonly registry: OperationRegistry
  readonly secrets: PlanSources['secrets']
  readonly defaults: PlanDefaults | undefined
  readonly inferDependencies: boolean
}

export function streamReader(
  earlier: Earlier,
  { limits, inputs, registry, secrets, defaults, inferDependencies }: StreamSetting,
): StreamReader {
  const findType = typeFinder(registry)
  const kindOf = operationKinds(registry, defaults)
  const wholes = eachTypes()

  return (written, position) => {
    const faults = new FaultList()
    if (!isOperation(written)) {
      const { tooLarge, inexact } = unfitIn(written)
      const at = ['operations', position]
      if (tooLarge !== undefined) return E.left([{ ...tooLarge, at: [...at, ...tooLarge.at] }])
      if (inexact) addInexact(written, at, faults)
    }
    const member = readSourceOperation(written, position, faults)
    const operationType = typeInPlan(typeOf(member, position, findType, faults), settingsOf(member), wholes)
    const named = typeof member.id === 'string'
    const id = typeof member.id === 'string' ? member.id : `op${position + 1}`
    const first = named ? earlier.positionOf(id) : undefined
    if (first !== undefined) faults.push({ type: 'duplicate-id', at: ['operations', position, 'id'], id, first: ['operations', first] })
    const parent = named ? itemOf(id, (other) => earlier.positionOf(other) !== undefined) : undefined
    if (parent !== undefined) faults.push({ type: 'item-id', at: ['operations', position, 'id'], id, parent })
    if (settingsOf(member).service === true) faults.push({ type: 'streamed-service', at: ['operations', position, 'service'] })
    const found = new Found(earlier)
    const planSources = (): PlanSources => found.sources(secrets)
    const operation = readOperation(
      { id, index: position, member, operationType },
      found,
      found,
      { limits, inputs, defaults, registry, mostItems: planLimits.operations, infer: inferDependencies, findType, kindOf, planSources },
      faults,
    )
    const all = faults.all()
    if (isNonEmpty(all) || operation === undefined) return E.left(all as NonEmptyArray<PlanFault>)
    const accesses = inferDependencies ? touchedBy(operation) : untouched
    return E.right({ operation, waitsFor: found.waitsFor(), accesses, named, keep: settingsOf(member).keep === true })
  }
}

const noPositions: readonly number[] = []

/** What one operation of a stream found of those before it. What an id means is settled here: it may come again once out of reach. */
class Found implements KnownOperations, Pick<ExplicitEdgeList, 'add'> {
  private positions: number[] | undefined
  private byId: Map<string, Referred> | undefined

  constructor(private readonly earlier: Earlier) {}

  find(id: string): Referred | undefined {
    const found = this.earlier.find(id)
    if (found !== undefined) (this.byId ??= new Map()).set(id, found)
    return found
  }
  indexOf(id: string): number | undefined {
    return this.earlier.find(id)?.index
  }
  findMade(operation: Operation): number | undefined {
    return this.earlier.findMade(operation)
  }
  ids(): readonly string[] {
    return this.earlier.ids()
  }
  add(position: number): void {
    if (this.positions === undefined) this.positions = [position]
    else this.positions.push(position)
  }
  waitsFor(): readonly number[] {
    const { positions = noPositions } = this
    return positions.length < 2 ? positions : [...new Set(positions)]
  }
  sources(secrets: PlanSources['secrets']): PlanSources {
    const { byId } = this
    return { indexOf: (id) => byId?.get(id)?.index, typeOf: (id) => byId?.get(id)?.operationType, secrets }
  }
}

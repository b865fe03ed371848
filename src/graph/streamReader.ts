import * as E from 'fp-ts/lib/Either.js'
import { isNonEmpty } from '../model/isNonEmpty.js'
import type { NonEmptyArray } from 'fp-ts/lib/NonEmptyArray.js'
import { isOperation } from '../model/code/operation.js'
import type { PlanFault } from '../model/fault.js'
import type { OperationRegistry, OperationType } from '../model/operationType.js'
import type { PlanDefaults } from '../model/plan.js'
import type { Access } from './access.js'
import { pathBelow } from './levels.js'
import { planLimits } from '../model/limits.js'
import { madeParts } from './madeParts.js'
import { typeOfMade } from './madeTask.js'
import { readOperationParts } from './parts.js'
import type { PlanSources, PlanTask } from './planTask.js'
import type { Limits } from './readLimits.js'
import type { Others } from './others.js'
import { readOperation, typeNames } from './readOperation.js'
import { typeFinder } from './typeFinder.js'
import { touchedBy } from './wire.js'

/** One operation of a stream, ready to run. */
export interface StreamedOperation {
  readonly task: PlanTask
  /** Positions of the operations it waits for, by their ids or their values. */
  readonly waitsFor: readonly number[]
  readonly accesses: readonly Access[]
  /** Whether it was given an id: only then can later ones refer to it. */
  readonly named: boolean
  /** Whether its result may be referred to however far back it is. */
  readonly keep: boolean
}

/** How the operations of a stream find those before them. */
export interface Earlier extends Others {
  /** The position of an operation by its id, as far back as one may look. */
  positionOf(id: string): number | undefined
}

/** Reads the operation at a position of a stream, or says all that is wrong with it. */
export type StreamReader = (written: unknown, position: number) => E.Either<NonEmptyArray<PlanFault>, StreamedOperation>

interface StreamSetting {
  readonly limits: Limits
  readonly registry: OperationRegistry
  readonly secrets: PlanSources['secrets']
  readonly defaults: PlanDefaults | undefined
  readonly inferDependencies: boolean
}

export function streamReader(earlier: Earlier, setting: StreamSetting): StreamReader {
  const { limits, registry, secrets, defaults, inferDependencies } = setting
  const findType = typeFinder(registry)
  const nameOf = typeNames(registry)
  const nothingTouched: readonly Access[] = []

  return (written, position) => {
    const faults: PlanFault[] = []
    const tooDeep = isOperation(written) ? undefined : pathBelow(written, planLimits.levels)
    if (tooDeep !== undefined) return E.left([levelFault(['operations', position, ...tooDeep])])
    const parts = isOperation(written) ? madeParts(written, position, faults) : readOperationParts(written, position, faults)
    const at = ['operations', position]
    const operationType: OperationType | undefined = parts.made ? typeOfMade(parts.made) : findType(parts, at, faults)
    const named = typeof parts.id === 'string'
    const id = typeof parts.id === 'string' ? parts.id : `op${position + 1}`
    const first = named ? earlier.positionOf(id) : undefined
    if (first !== undefined) faults.push({ type: 'duplicate-id', at: [...at, 'id'], id, first: ['operations', first] })
    // What an id means is settled here: the same id may come again once this one is out of reach.
    const known = new Map<string, number>()
    const planSources: PlanSources = { indexOf: (referred) => known.get(referred), secrets }
    const others: Others = {
      ids: () => earlier.ids(),
      findMade: (operation) => earlier.findMade(operation),
      find(referred) {
        const found = earlier.find(referred)
        if (found !== undefined) known.set(referred, found.index)
        return found
      },
    }
    const read = readOperation(
      { id, index: position, parts, operationType },
      others,
      { limits, findType, nameOf, planSources, defaults },
      faults,
    )
    if (isNonEmpty(faults) || read.task === undefined) return E.left(faults as NonEmptyArray<PlanFault>)
    const waitsFor = read.dependencies.length === 0 ? read.sources : [...new Set([...read.dependencies, ...read.sources])]
    const accesses = inferDependencies ? touchedBy(read.task) : nothingTouched
    return E.right({ task: read.task, waitsFor, accesses, named, keep: parts.keep === true })
  }
}

function levelFault(at: PlanFault['at']): PlanFault {
  return { type: 'too-large', at, what: 'levels', limit: planLimits.levels, actual: planLimits.levels + 1 }
}

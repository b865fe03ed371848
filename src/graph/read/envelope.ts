import * as E from 'fp-ts/lib/Either.js'
import type { NonEmptyArray } from 'fp-ts/lib/NonEmptyArray.js'
import { isOperation } from '../../model/code/operation.js'
import { isPlainObject, own } from '../../model/codec/plainObject.js'
import type { PlanFault } from '../../model/fault/fault.js'
import { FaultList } from '../../model/fault/faultList.js'
import { planLimits } from '../../model/limits.js'
import { shown } from '../params/decodingFaults.js'
import { addInexact, unfitIn } from './unfit.js'
import { readSourceOperation, type SourceOperation } from './sourceOperation.js'
import { readPlanParts, type PlanParts } from './operationParts.js'

/** A message taken for a plan, read as far as it can be, and what is wrong with its form. */
export interface Envelope {
  readonly plan: PlanParts
  readonly operations: readonly SourceOperation[]
  readonly faults: FaultList
}

/** Checks the form of a plan: a `Left` when it is no plan at all or passes a limit, else every fault beside what was read. */
export function readEnvelope(input: unknown): E.Either<NonEmptyArray<PlanFault>, Envelope> {
  const plan: unknown = Array.isArray(input) ? { operations: input as readonly unknown[] } : input
  if (!isPlainObject(plan) || isOperation(plan) || ('then' in plan && typeof plan['then'] === 'function')) {
    const expected = 'a plan: an object with "operations", or a list of operations'
    return E.left([{ type: 'invalid-value', at: [], expected, received: shown(input, []) }])
  }
  const given = own(plan, 'operations')
  const operations: readonly unknown[] = Array.isArray(given) ? given : []
  const tooMany = tooManyOperations(operations)
  if (tooMany !== undefined) return E.left([tooMany])
  const { tooLarge, inexact } = unfitIn(plan)
  if (tooLarge !== undefined) return E.left([tooLarge])
  const faults = new FaultList()
  if (inexact) addInexact(plan, [], faults)
  // An empty list stands in for the operations: they are read one by one, since most are right, and `is` says so quickly.
  const parts = readPlanParts(Array.isArray(given) ? { ...plan, operations: [] } : plan, faults)
  return E.right({ plan: parts, operations: operations.map((operation, index) => readSourceOperation(operation, index, faults)), faults })
}

function tooManyOperations(operations: readonly unknown[]): PlanFault | undefined {
  // The limit guards against messages: operations made in code are in memory already, and as many as their program wants.
  return operations.length > planLimits.operations && !operations.every(isOperation) ? beyondOperations(operations.length) : undefined
}

/** A plan that has too many operations. */
export function beyondOperations(actual: number): PlanFault {
  return { type: 'too-large', at: ['operations'], what: 'operations', limit: planLimits.operations, actual }
}

import * as E from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import type { Operation } from '../../model/code/operation.js'
import { isPlainObject, own, setOwn, type PlainObject } from '../../model/codec/plainObject.js'
import type { PlanPath } from '../../model/fault/fault.js'
import type { FaultList } from '../../model/fault/faultList.js'
import { Plan, PlanOperation } from '../../model/plan.js'
import { decodingFaults } from '../params/decodingFaults.js'

type Loose<A, K extends keyof A> = { readonly [F in keyof A as F extends K ? never : F]?: A[F] } & { readonly [F in K]?: unknown }

/** What can be used of an operation: all of one without faults. In a list, single members may still be wrong. */
export interface OperationParts extends Loose<PlanOperation, 'id' | 'dependencies' | 'params'> {
  /** The operation itself, when it was made in code. */
  readonly made?: Operation
}

/** What can be used of a plan's settings. */
export type PlanParts = Loose<Plan, 'concurrency' | 'pools' | 'returns' | 'operations'>

// An id that is wrong in form is still what other operations mean by it; whoever reads these looks at each member.
const looseOperationFields: ReadonlySet<string> = new Set(['id', 'dependencies', 'params'])
const loosePlanFields: ReadonlySet<string> = new Set(['concurrency', 'pools', 'returns'])

export function readOperationParts(operation: unknown, index: number, faults: FaultList): OperationParts {
  const at = ['operations', index]
  if (PlanOperation.is(operation)) {
    addBothNames(operation, at, faults)
    return operation
  }
  addFaults(PlanOperation, operation, at, faults)
  addBothNames(operation, at, faults)
  return pick(operation, { ...PlanOperation.required, ...PlanOperation.optional }, looseOperationFields)
}

export function readPlanParts(plan: PlainObject, faults: FaultList): PlanParts {
  addFaults(Plan, plan, [], faults)
  addBothNames(own(plan, 'defaults'), ['defaults'], faults)
  return pick(plan, { ...Plan.required, ...Plan.optional }, loosePlanFields)
}

function pick(value: unknown, codecs: Readonly<Record<string, t.Mixed>>, loose: ReadonlySet<string>): object {
  const parts = {}
  if (isPlainObject(value))
    for (const [field, codec] of Object.entries(codecs))
      if (Object.hasOwn(value, field) && (loose.has(field) || codec.is(value[field]))) setOwn(parts, field, value[field])
  return parts
}

function addFaults(codec: t.Mixed, value: unknown, at: PlanPath, faults: FaultList): void {
  const decoded: E.Either<t.Errors, unknown> = codec.decode(value)
  if (E.isLeft(decoded)) faults.pushAll(decodingFaults(decoded.left, value, at))
}

function addBothNames(value: unknown, at: PlanPath, faults: FaultList): void {
  if (isPlainObject(value) && Object.hasOwn(value, 'timeout') && Object.hasOwn(value, 'timeoutMs'))
    faults.push({ type: 'both-names', at: [...at, 'timeout'], field: 'timeoutMs', alias: 'timeout' })
}

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
export interface OperationParts extends Loose<PlanOperation, 'id' | 'dependencies' | 'params' | 'each' | 'service' | 'ready'> {
  /** The operation itself, when it was made in code. */
  readonly made?: Operation
}

/** What can be used of a plan's settings. */
export type PlanParts = Loose<Plan, 'concurrency' | 'pools' | 'returns' | 'operations'>

const operationCodecs: Readonly<Record<string, t.Mixed>> = { ...PlanOperation.required, ...PlanOperation.optional }
const operationFields = Object.keys(operationCodecs)

// An id that is wrong in form is still what other operations mean by it; whoever reads these looks at each member.
const looseOperationFields: ReadonlySet<string> = new Set(['id', 'dependencies', 'params', 'each', 'service', 'ready'])
const loosePlanFields: ReadonlySet<string> = new Set(['concurrency', 'pools', 'returns'])

export function readOperationParts(operation: unknown, index: number, faults: FaultList): OperationParts {
  const at = ['operations', index]
  const fits = PlanOperation.is(operation)
  if (!fits) addFaults(PlanOperation, operation, at, faults)
  addBothNames(operation, at, faults)
  addMissingName(operation, at, faults)
  if (fits) return operation
  return pick(operation, operationCodecs, looseOperationFields)
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

/** A type is known by two names, or by both in one word. */
function addMissingName(value: unknown, at: PlanPath, faults: FaultList): void {
  if (!isPlainObject(value) || Object.hasOwn(value, 'operation')) return
  const type = own(value, 'type')
  if (typeof type === 'string' && type !== '' && !type.includes('.'))
    faults.push({ type: 'missing-field', at, field: 'operation', known: operationFields })
}

function addBothNames(value: unknown, at: PlanPath, faults: FaultList): void {
  if (isPlainObject(value) && Object.hasOwn(value, 'timeout') && Object.hasOwn(value, 'timeoutMs'))
    faults.push({ type: 'both-names', at: [...at, 'timeout'], field: 'timeoutMs', alias: 'timeout' })
}

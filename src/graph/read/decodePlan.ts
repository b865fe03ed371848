import * as E from 'fp-ts/lib/Either.js'
import { isOperation } from '../../model/code/operation.js'
import { isNonEmpty } from '../../model/isNonEmpty.js'
import type { NonEmptyArray } from 'fp-ts/lib/NonEmptyArray.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { PlanFault } from '../../model/fault/fault.js'
import { retryPolicyOf, type Plan, type PlanDefaults, type PlanOperation } from '../../model/plan.js'
import { FaultList } from '../../model/fault/faultList.js'
import { inPlanOrder } from './faultOrder.js'
import { readEnvelope } from './envelope.js'
import { madeParts } from './madeParts.js'
import type { SourceOperation } from './sourceOperation.js'
import type { OperationParts } from './operationParts.js'

/**
 * Checks the form of a plan. Whether it can run (ids, dependencies, params and types) is checked by `runBatch` against its registry.
 *
 * A `Left` holds every fault of form. A list is read as the operations of a plan without settings, `timeout` becomes `timeoutMs`, `type:
 * file.write` becomes type and operation, and `retry: 3` a policy. Never throws.
 *
 * @example
 * ```ts
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { decodePlan } from 'millrace'
 * const wrong = pipe(
 *   decodePlan({ operations: [{ type: 'file', operation: 'read', weight: 0 }], concurency: 3 }),
 *   E.match(
 *     (faults) => faults.map(({ type }) => type),
 *     () => [],
 *   ),
 * )
 * wrong // => ['unknown-field', 'invalid-value']
 * ```
 * @see {@link describeFault} for the text of a fault
 * @since 0.1.0
 */
export function decodePlan(input: unknown): E.Either<NonEmptyArray<PlanFault>, Plan> {
  return pipe(
    readEnvelope(input),
    E.chain(({ plan, operations, faults }) => {
      // Without a fault of form the parts are the whole of it: each field was checked.
      const all = inPlanOrder([faults])
      return isNonEmpty(all) ? E.left(all) : E.right(inOneForm({ ...plan, operations: operations.map(asData) } as Plan))
    }),
  )
}

/** An operation made in code is described by its parts like the others. */
function asData(member: SourceOperation, index: number): OperationParts {
  return isOperation(member) ? madeParts(member, index, new FaultList()) : member
}

/** The same plan in one form, with `timeoutMs`, `type` and `operation`, and a policy for retries. */
function inOneForm(plan: Plan): Plan {
  const { defaults, operations } = plan
  return {
    ...plan,
    ...(defaults && { defaults: settingsInOneForm(defaults) }),
    operations: operations.some(hasOtherForm) ? operations.map(operationInOneForm) : operations,
  }
}

function hasOtherForm(operation: PlanOperation): boolean {
  const { retry, undo } = operation
  return Object.hasOwn(operation, 'timeout') || isOneWord(operation) || typeof retry === 'number' || (undo !== undefined && isOneWord(undo))
}

function operationInOneForm(operation: PlanOperation): PlanOperation {
  if (!hasOtherForm(operation)) return operation
  const named = settingsInOneForm(withTwoNames(operation))
  return named.undo === undefined ? named : { ...named, undo: withTwoNames(named.undo) }
}

function settingsInOneForm<A extends PlanDefaults | PlanOperation>(settings: A): A {
  const { timeout, ...rest } = settings
  const { retry } = settings
  // The same fields but for the alias, which is optional in every A.
  return {
    ...rest,
    ...(timeout !== undefined && { timeoutMs: timeout }),
    ...(retry !== undefined && { retry: retryPolicyOf(retry) }),
  } as unknown as A
}

interface Named {
  readonly type: string
  readonly operation?: string
}

function isOneWord(named: Named): boolean {
  return !Object.hasOwn(named, 'operation')
}

function withTwoNames<A extends Named>(named: A): A {
  if (!isOneWord(named)) return named
  const dot = named.type.indexOf('.')
  return { ...named, type: named.type.slice(0, dot), operation: named.type.slice(dot + 1) }
}

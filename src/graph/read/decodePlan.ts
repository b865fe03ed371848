import * as E from 'fp-ts/lib/Either.js'
import { isOperation } from '../../model/code/operation.js'
import { isNonEmpty } from '../../model/isNonEmpty.js'
import type { NonEmptyArray } from 'fp-ts/lib/NonEmptyArray.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { PlanFault } from '../../model/fault/fault.js'
import type { Plan } from '../../model/plan.js'
import { FaultList } from '../../model/fault/faultList.js'
import { inPlanOrder } from './faultOrder.js'
import { readEnvelope } from './envelope.js'
import { madeParts } from './madeParts.js'
import type { SourceOperation } from './sourceOperation.js'
import type { OperationParts } from './operationParts.js'

/**
 * Checks the form of a plan, not whether it can run: ids, dependencies, params and types are checked by `runBatch` against its registry.
 *
 * `Left` has every fault of form at once. A list is taken as the operations of a plan without settings, and `timeout` becomes
 * `timeoutMs`. Never throws.
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
      return isNonEmpty(all) ? E.left(all) : E.right(withOneName({ ...plan, operations: operations.map(asData) } as Plan))
    }),
  )
}

/** One made in code, of which nothing is wrong, is told by its parts like the others. */
function asData(member: SourceOperation, index: number): OperationParts {
  return isOperation(member) ? madeParts(member, index, new FaultList()) : member
}

interface Timed {
  readonly timeout?: number
  readonly timeoutMs?: number
}

function withOneName(plan: Plan): Plan {
  const { defaults, operations } = plan
  return {
    ...plan,
    ...(defaults && { defaults: oneName(defaults) }),
    operations: operations.some((operation) => Object.hasOwn(operation, 'timeout')) ? operations.map(oneName) : operations,
  }
}

function oneName<A extends Timed>(timed: A): A {
  if (!Object.hasOwn(timed, 'timeout')) return timed
  const { timeout, ...rest } = timed
  // The same fields but for the alias, which is optional in every A.
  return { ...rest, timeoutMs: timeout } as unknown as A
}

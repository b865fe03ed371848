import { operationName, type OperationRegistry, type OperationType } from '../../model/operationType.js'
import { retryPolicyOf, type PlanDefaults, type PlanOperation, type RetryPolicy } from '../../model/plan.js'
import { isEachType, isLocal, startOf } from './operationInCode.js'
import type { OperationKind } from './compiledOperation.js'

/** What of an operation decides its kind, besides its type. */
export type KindSettings = Pick<
  PlanOperation,
  'when' | 'priority' | 'weight' | 'pool' | 'timeoutMs' | 'timeout' | 'retry' | 'repeatable' | 'place'
> & { readonly service?: unknown }

/** Finds what an operation has in common with others of its type. */
export type KindFinder = (operationType: OperationType, settings: KindSettings) => OperationKind

/** Where settings differ from one operation to the next, such as a retry policy each, not every earlier kind is compared. */
const mostCompared = 8

/** The kinds of operations of a plan: one object for all operations of one type and the same settings. */
export function operationKinds(registry: OperationRegistry, defaults: PlanDefaults | undefined): KindFinder {
  const names = new Map([...registry].map(([name, operationType]) => [operationType, name]))
  const known = new Map<OperationType, OperationKind[]>()
  // One object for each number, so that kinds are the same where they say the same.
  const policies = new Map<number, RetryPolicy>()
  const policyOf = (retry: RetryPolicy | number | undefined): RetryPolicy | undefined => {
    if (typeof retry !== 'number') return retry
    const policy = policies.get(retry) ?? retryPolicyOf(retry)
    policies.set(retry, policy)
    return policy
  }
  return (operationType, settings) => {
    let kinds = known.get(operationType)
    if (kinds === undefined) known.set(operationType, (kinds = []))
    // What limits an attempt of a fan-out is for its items: the whole has no attempt of that kind.
    const whole = isEachType(operationType)
    const when = settings.when ?? 'success'
    const priority = settings.priority ?? 'medium'
    // One that only sets others to work must not hold the slots they need.
    // Nor must a service, whose dependents wait for one while it runs.
    const service = settings.service === true
    const weight = operationType.coordinates === true || service ? 0 : (settings.weight ?? 1)
    const { pool, repeatable } = settings
    // What holds for every operation is no limit for one that runs as long as others do.
    const ofAll = service ? undefined : (defaults?.timeoutMs ?? defaults?.timeout)
    const timeoutMs = whole ? undefined : (settings.timeoutMs ?? settings.timeout ?? ofAll)
    const retry = whole ? undefined : policyOf(settings.retry ?? defaults?.retry)
    const place = placeOf(operationType, settings.place ?? defaults?.place)
    for (const kind of kinds)
      if (
        kind.when === when &&
        kind.priority === priority &&
        kind.weight === weight &&
        kind.pool === pool &&
        kind.timeoutMs === timeoutMs &&
        kind.retry === retry &&
        kind.repeatable === repeatable &&
        kind.place === place &&
        kind.service === service
      )
        return kind
    const kind: OperationKind = {
      name: names.get(operationType) ?? operationName(operationType),
      when,
      priority,
      weight,
      pool,
      timeoutMs,
      retry,
      repeatable,
      place,
      service,
      undoes: operationType.undoes === true || operationType.coordinates === true,
      start: startOf(operationType),
      operationType,
    }
    kinds.push(kind)
    if (kinds.length > mostCompared) kinds.shift()
    return kind
  }
}

/** What only this process can do is done here, whatever the defaults of the plan say. */
function placeOf(operationType: OperationType, place: string | undefined): string | undefined {
  return place === undefined || place === 'here' || isLocal(operationType) ? undefined : place
}

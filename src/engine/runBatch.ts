import { Observable } from 'rxjs'
import { compilePlan } from '../graph/compilePlan.js'
import { isPlainObject } from '../model/codec/plainObject.js'
import type { CompiledPlan } from '../model/graph.js'
import { operationRegistry } from '../model/operationType.js'
import type { Plan } from '../model/plan.js'
import { planBatch } from './batch.js'
import { execute } from './execute.js'
import { InvalidPlanError } from './invalidPlanError.js'
import type { RunOptions } from './options.js'
import { runOf, type Run } from './run.js'

/** A plan, the list of its operations alone, or a message not yet decoded. */
export type PlanInput = Plan | Plan['operations'] | { readonly [key: string]: unknown } | readonly unknown[]

/**
 * Runs a batch of operations and tells everything that happens as events.
 *
 * Cold: nothing runs before `subscribe`, each subscription is a run of its own, and unsubscribing stops it: running attempts are
 * aborted, nothing more starts and nothing more is told. So `firstValueFrom(runBatch(plan))` would stop the run at its first event;
 * take `lastValueFrom`, or `startBatch` to share one run.
 *
 * Completes after `run-finished`. A failed operation is an event. Errors only with `InvalidPlanError` (every fault of the plan,
 * before any event and any effect), or with a defect of this library.
 *
 * @example
 * ```ts
 * import { lastValueFrom } from 'rxjs'
 * import { runBatch } from 'millrace'
 * const finished = await lastValueFrom(runBatch({ operations: [] }))
 * finished.type // => 'run-finished'
 * ```
 * @see {@link startBatch} for one run that several parts of an app watch
 * @since 0.1.0
 */
export function runBatch(plan: PlanInput, options: RunOptions = {}): Run {
  const input = withConcurrency(plan, options)
  let compiled: CompiledPlan | InvalidPlanError | undefined
  return runOf(
    (valve) =>
      new Observable((subscriber) => {
        // Once for all subscriptions, and not before the first: a compiled plan holds no state of a run.
        compiled ??= compile(input, options)
        if (compiled instanceof InvalidPlanError) subscriber.error(compiled)
        else execute(planBatch(compiled), options, valve, subscriber)
      }),
  )
}

function compile(input: unknown, options: RunOptions): CompiledPlan | InvalidPlanError {
  const decoded = compilePlan(input, options.operations ?? operationRegistry([]))
  return decoded._tag === 'Right' ? decoded.right : new InvalidPlanError(decoded.left)
}

/** The option stands in for the plan's own limit, so that weights are checked against what will hold. */
function withConcurrency(plan: PlanInput, { concurrency }: RunOptions): unknown {
  if (typeof concurrency !== 'number') return plan
  if (Array.isArray(plan)) return { operations: plan as unknown, concurrency }
  return isPlainObject(plan) ? { ...plan, concurrency } : plan
}

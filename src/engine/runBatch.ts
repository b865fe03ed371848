import { defer, throwError } from 'rxjs'
import { compilePlan } from '../graph/compilePlan.js'
import { withoutPerformer } from '../graph/withoutPerformer.js'
import type { Operation } from '../model/code/operation.js'
import { isPlainObject } from '../model/codec/plainObject.js'
import { operationRegistry } from '../model/operationType.js'
import type { OperationLiteral, PlanLiteral, Undecoded } from '../model/code/planLiteral.js'
import { planBatch, type RunnableBatch } from './source/batch.js'
import { execute } from './flow/execute.js'
import { InvalidPlanError } from './invalidPlanError.js'
import { checkRunOptions, type RunOptions } from './options.js'
import { pulledFeed } from './source/pulledFeed.js'
import { streamBatch } from './source/streamBatch.js'
import { runOf, type Run } from './run.js'
import { isOperationSource, type OperationSource } from './source/source.js'

/** A plan, a list of operations, or a source that operations are pulled from. A value of type `any`, such as parsed JSON, fits too. */
export type PlanInput = PlanLiteral | readonly (OperationLiteral | Operation)[] | OperationSource

/**
 * Runs a batch that is not decoded yet, such as a message of type `unknown`. Faults are reported when it runs.
 *
 * @see {@link decodePlan} to check its form without running it
 * @since 0.1.0
 */
export function runBatch<M>(message: Undecoded<M>, options?: RunOptions): Run

/**
 * Runs a batch of operations and emits everything that happens as events.
 *
 * Cold: nothing runs before `subscribe`, each subscription is a separate run, and unsubscribing stops it: running attempts are aborted,
 * nothing more starts, and no more events are emitted. Don't use `firstValueFrom` on it, which stops the run at its first event; use
 * `lastValueFrom`, or `startBatch` to share one run.
 *
 * A run that never waits still yields to the rest of the program every 10 ms: it is not always over when `subscribe` returns.
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
export function runBatch(plan: PlanInput, options?: RunOptions): Run
// The typed form is the last to be declared: the compiler tells what is wrong by that one.
export function runBatch(plan: unknown, options: RunOptions = {}): Run {
  checkRunOptions('runBatch', options)
  const input = isOperationSource(plan) ? plan : withConcurrency(plan, options)
  let batch: RunnableBatch | InvalidPlanError | undefined
  return runOf((reader) =>
    defer(() => {
      // Once for all subscriptions, and not before the first: a batch holds no state of a run.
      batch ??= batchOf(input, options)
      const made = batch
      return made instanceof InvalidPlanError ? throwError(() => made) : execute(made, options, reader)
    }),
  )
}

function batchOf(input: unknown, options: RunOptions): RunnableBatch | InvalidPlanError {
  if (isOperationSource(input)) return streamBatch(options, (listener) => pulledFeed(input, listener))
  const compiled = compilePlan(input, options.operations ?? operationRegistry([]))
  if (compiled._tag === 'Left') return new InvalidPlanError(compiled.left)
  const fault = options.performer === undefined ? withoutPerformer(compiled.right.graph.operations) : undefined
  return fault === undefined ? planBatch(compiled.right) : new InvalidPlanError([fault])
}

/** The option replaces the limit of the plan: weights are checked against the limit that applies. */
function withConcurrency(plan: unknown, { concurrency }: RunOptions): unknown {
  if (typeof concurrency !== 'number') return plan
  if (Array.isArray(plan)) return { operations: plan as unknown, concurrency }
  return isPlainObject(plan) ? { ...plan, concurrency } : plan
}

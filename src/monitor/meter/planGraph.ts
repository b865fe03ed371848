import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { NonEmptyArray } from 'fp-ts/lib/NonEmptyArray.js'
import { compilePlan } from '../../graph/compilePlan.js'
import type { PlanFault } from '../../model/fault/fault.js'
import type { Graph } from '../../model/graph.js'
import type { OperationRegistry } from '../../model/operationType.js'

/** Which operation waits for which: what a critical path is found in. */
export interface PlanGraph extends Pick<Graph, 'nodes' | 'waits' | 'offsets' | 'targets'> {
  readonly operations: readonly { readonly id: string; readonly name?: string }[]
}

/**
 * Makes the graph of a plan, for `monitor` and `recordOf`, which need it for the critical path.
 *
 * A `Left` holds every fault of the plan, as `runBatch` would refuse it.
 *
 * @example
 * ```ts
 * import { operation, planGraph } from 'millrace'
 * const a = operation('a', () => 1)
 * const b = operation('b', { a }, () => 2)
 * planGraph([a, b])._tag // => 'Right'
 * ```
 * @since 0.1.0
 */
export function planGraph(plan: unknown, operations: OperationRegistry = new Map()): E.Either<NonEmptyArray<PlanFault>, PlanGraph> {
  return pipe(
    compilePlan(plan, operations),
    E.map(({ graph }) => graph),
  )
}

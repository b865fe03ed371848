import { map, timer, VirtualTimeScheduler, type OperatorFunction } from 'rxjs'
import { runBatch } from '../../src/engine/runBatch.js'
import { compilePlan } from '../../src/graph/compilePlan.js'
import { closed } from '../../src/model/codec/closed.js'
import { anyJson, finiteNumber, integer } from '../../src/model/codec/values.js'
import type { BatchEvent } from '../../src/model/event.js'
import type { Graph } from '../../src/model/graph.js'
import { operationRegistry, type OperationType } from '../../src/model/operationType.js'

interface TakeParams {
  readonly ms: number
  /** How many of its attempts fail before one succeeds. */
  readonly failures?: number
  readonly after?: unknown
}

/** `test.take` and `test.other`: each attempt takes the virtual ms it is told. */
function takes(scheduler: VirtualTimeScheduler): readonly OperationType<TakeParams, unknown>[] {
  const params = closed('params', { ms: finiteNumber({ minimum: 0 }) }, { failures: integer(), after: anyJson })
  return ['take', 'other'].map((operation) => ({
    type: 'test',
    operation,
    summary: 'Takes its time.',
    params,
    result: anyJson,
    effects: () => ({}),
    perform: ({ ms, failures = 0 }, { attempt }) =>
      timer(ms, scheduler).pipe(
        map(() => {
          if (attempt <= failures) throw new Error(`attempt ${attempt} failed`)
          return ms
        }),
      ),
  }))
}

/** Runs a plan to its end in virtual time, through an operator, and answers everything that came out. */
export function virtualRun<A>(plan: unknown, through: (scheduler: VirtualTimeScheduler) => OperatorFunction<BatchEvent, A>): readonly A[] {
  const scheduler = new VirtualTimeScheduler()
  const out: A[] = []
  let failure: Error | undefined
  runBatch(plan, { operations: operationRegistry(takes(scheduler)), scheduler, seed: 1, runId: 'r' })
    .pipe(through(scheduler))
    .subscribe({ next: (event) => out.push(event), error: (error: Error) => void (failure = error) })
  scheduler.flush()
  if (failure !== undefined) throw failure
  return out
}

/** The graph of a plan of `test` operations. */
export function graphOf(plan: unknown): Graph {
  const compiled = compilePlan(plan, operationRegistry(takes(new VirtualTimeScheduler())))
  if (compiled._tag === 'Left') throw new Error(JSON.stringify(compiled.left))
  return compiled.right.graph
}

/** An operation of the plan above. */
export function take(id: string, ms: number, more: object = {}): { readonly [field: string]: unknown } {
  return { id, type: 'test', operation: 'take', params: { ms }, ...more }
}

// graph: turns a plan into the graph that the engine runs, or lists everything that is wrong with it.
import * as E from 'fp-ts/lib/Either.js'
import { isNonEmpty } from '../model/isNonEmpty.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { NonEmptyArray } from 'fp-ts/lib/NonEmptyArray.js'
import type { PlanFault } from '../model/fault/fault.js'
import { FaultList } from '../model/fault/faultList.js'
import type { CompiledPlan } from '../model/graph.js'
import type { OperationRegistry, OperationType } from '../model/operationType.js'
import { cycles } from './edges/cycles.js'
import { readEnvelope, type Envelope } from './read/envelope.js'
import { idsOf, type Ids } from './read/ids.js'
import { topologicalOrder } from './edges/topologicalOrder.js'
import type { ExplicitEdges } from './edges/explicitEdges.js'
import type { PlanParts } from './read/operationParts.js'
import type { PlanSources, CompiledPlanOperation } from './operations/compiledOperation.js'
import { inPlanOrder } from './read/faultOrder.js'
import { readLimits } from './read/readLimits.js'
import { readOperations } from './read/readOperations.js'
import { inputsOf } from './params/inputs.js'
import { linkGraph } from './linkGraph.js'

export interface CompileOptions {
  /** What `{"$secret": name}` stands for. Default: the environment variable of that name. */
  readonly secrets?: (name: string) => string | undefined
}

/**
 * Checks a plan in every respect and makes it ready to run.
 *
 * A `Left` holds every fault there is, in the order of the plan: what is wrong with one operation hides nothing of the others.
 * Nothing is started and nothing is touched; secrets are read at the attempts.
 */
export function compilePlan(
  input: unknown,
  registry: OperationRegistry,
  { secrets = environmentVariable }: CompileOptions = {},
): E.Either<NonEmptyArray<PlanFault>, CompiledPlan> {
  return pipe(
    readEnvelope(input),
    E.chain((envelope) => compile(envelope, registry, secrets)),
  )
}

function compile(
  envelope: Envelope,
  registry: OperationRegistry,
  secrets: PlanSources['secrets'],
): E.Either<NonEmptyArray<PlanFault>, CompiledPlan> {
  const { plan, operations: parts } = envelope
  const ids = idsOf(parts)
  const faults = new FaultList()
  const returned = returnFaults(plan, ids)
  const limits = readLimits(plan)
  const inputs = inputsOf(plan.inputs, envelope.faults)
  const indexOf = (id: string): number | undefined => ids.indexOf.get(id)
  // Asked at attempts alone, when all have been read.
  const typeOf = (id: string): OperationType | undefined => compiled[indexOf(id) ?? -1]?.operationType
  const planSources: PlanSources = { indexOf, typeOf, secrets }
  const { operations: compiled, needs } = readOperations(parts, {
    ids,
    limits,
    inputs,
    infer: plan.inferDependencies ?? true,
    registry,
    planSources,
    defaults: plan.defaults,
    faults,
  })
  const order = topologicalOrder(needs)
  const circles = new FaultList()
  if (order.length < parts.length) circles.pushAll(cycleFaults(needs, order, ids))
  const all = inPlanOrder([envelope.faults, ids.faults, returned, faults, circles])
  if (isNonEmpty(all)) return E.left(all)
  const graph = graphOf(compiled, needs, order, plan)
  const unneeded = unneededServices(graph)
  return isNonEmpty(unneeded) ? E.left(unneeded) : E.right({ ...settings(plan), ...limits, graph })
}

/** Known only once effects have given their edges: a program may read what a service writes. */
function unneededServices({ operations, services, offsets, counts }: CompiledPlan['graph']): PlanFault[] {
  const faults = new FaultList()
  for (const index of services)
    if (!counts.subarray(offsets[index]!, offsets[index + 1]!).includes(1))
      faults.push({ type: 'unneeded-service', at: ['operations', index, 'service'], id: operations[index]!.id })
  return faults.all()
}

function graphOf(
  operations: readonly CompiledPlanOperation[],
  needs: ExplicitEdges,
  order: Int32Array,
  { inferDependencies = true }: PlanParts,
): CompiledPlan['graph'] {
  // A plan without faults has a compiled operation for each operation.
  return linkGraph(operations, needs, inferDependencies ? order : new Int32Array())
}

function settings({
  name,
  timeoutMs,
  onFailure = 'continue',
  returns,
  retryBudget,
}: PlanParts): Pick<CompiledPlan, 'name' | 'timeoutMs' | 'onFailure' | 'returns' | 'retryBudget'> {
  // A plan without faults has a list of ids here, or nothing.
  return { name, timeoutMs, onFailure, retryBudget, returns: returns as readonly string[] | undefined }
}

function returnFaults({ returns }: PlanParts, { all, indexOf }: Ids): FaultList {
  const faults = new FaultList()
  if (Array.isArray(returns))
    returns.forEach((id: unknown, position) => {
      if (typeof id === 'string' && !indexOf.has(id))
        faults.push({ type: 'unknown-id', at: ['returns', position], id, role: 'return', known: all })
    })
  return faults
}

function cycleFaults(needs: ExplicitEdges, order: Int32Array, { all }: Ids): readonly PlanFault[] {
  return cycles(needs, order).map((circle) => ({
    type: 'cycle',
    at: ['operations', circle[0]!],
    ids: circle.map((index) => all[index]!),
  }))
}

export function environmentVariable(name: string): string | undefined {
  // A browser has no process; there a plan's secrets are what the caller gives.
  return globalThis.process?.env[name]
}

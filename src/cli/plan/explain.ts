import { criticalPath } from '../../graph/edges/criticalPath.js'
import { placeOf } from '../../graph/withoutPerformer.js'
import { foreseenParams } from '../../graph/params/foreseenParams.js'
import type { CompiledPlanOperation, EachItem } from '../../graph/operations/compiledOperation.js'
import type { Foreseen } from '../../model/effects.js'
import type { EdgeCounts } from '../../model/event.js'
import type { CompiledPlan, EdgeKind, CompiledOperation } from '../../model/graph.js'
import type { OnFailure, PoolLimit, Priority, RetryPolicy, When } from '../../model/plan.js'
import { planNotes, type PlanNote } from '../../mcp/foreseen/planNotes.js'
import { unordered } from './unordered.js'
import { writtenInputs, writtenOperations, type WrittenOperation } from './written.js'

/** Why an operation waits for another. Only `order` does not ask how the other ended. */
export interface WaitsFor {
  readonly id: string
  readonly kind: EdgeKind
  readonly why: string
}

export interface ExplainedOperation {
  readonly id: string
  readonly name: string
  readonly title?: string
  /** Which items it is done for: `of 3 items`, `item of found.paths`. */
  readonly each?: string
  /** Whether it has a condition of its own. */
  readonly conditional?: true
  /** What it asks: `which.stdout is "full"`. */
  readonly condition?: string
  /** It runs beside those that depend on it, which start when this holds. */
  readonly service?: { readonly readyWhen: string }
  /** A person is asked before the run begins. */
  readonly confirm?: true
  readonly when: When
  readonly priority: Priority
  readonly weight: number
  readonly pool?: string
  /** Which workers perform it. */
  readonly place?: string
  readonly timeoutMs?: number
  readonly retry?: RetryPolicy
  readonly waitsFor: readonly WaitsFor[]
}

/** What is known of a plan before it runs. */
export interface Explanation {
  readonly name?: string
  readonly concurrency: number
  readonly onFailure: OnFailure
  readonly timeoutMs?: number
  /** Its inputs, with the values they have in this run. */
  readonly inputs?: { readonly [name: string]: unknown }
  readonly pools: { readonly [name: string]: PoolLimit }
  /** Pools whose limit is above the concurrency, which holds their operations back before it does. */
  readonly unreachedPools: readonly string[]
  readonly edges: EdgeCounts
  /** In the order of the plan. */
  readonly operations: readonly ExplainedOperation[]
  /** Operations whose effects are not declared, and those of their kind they run in no particular order with. */
  readonly unordered: readonly { readonly id: string; readonly with: readonly string[] }[]
  /** Operations of that kind beyond those looked at. */
  readonly unorderedOmitted: number
  /** The longest chain of operations that wait for one another. */
  readonly longestChain: readonly string[]
  /** The run takes at least as long as this many operations one after another. */
  readonly leastRounds: number
  /** What one should know of single operations, although they can well succeed: `uses build.link, but …`. */
  readonly notes: readonly PlanNote[]
  /** Operations that `onFailure: rollback` could not take back. */
  readonly cannotBeUndone: readonly string[]
}

/** A walk through the graph is made for each of these. */
const mostCompared = 200

export interface ExplainSettings {
  /** Shortens the reasons of edges. */
  readonly told: (why: string) => string
  /** Of so many operations it is said what they wait for: where the others are not shown, nobody asks. */
  readonly edgesOf: number
}

/** Says what is known of a plan beforehand, which is `written` like this. */
export function explain(plan: CompiledPlan, written: unknown, { told, edgesOf }: ExplainSettings): Explanation {
  const { graph, name, timeoutMs } = plan
  const { operations } = graph
  const place = new Map(operations.map(({ id }, index) => [id, index]))
  const waitsFor = new Map<string, WaitsFor[]>(operations.slice(0, edgesOf).map(({ id }) => [id, []]))
  for (const edge of graph.edges()) waitsFor.get(edge.to)?.push({ id: edge.from, kind: edge.kind, why: told(edge.why) })

  const kinds = operations.map(kindOf)
  const undeclared = operations.flatMap((_, index) => (kinds[index]!.undeclared ? [index] : []))
  const compared = undeclared.slice(0, mostCompared)
  // How long each will take is not known yet: each counts as one.
  const words = writtenOperations(written)
  const inputs = writtenInputs(written)
  const chain = criticalPath(graph, () => 1).ids
  return {
    ...(name !== undefined && { name }),
    concurrency: plan.concurrency,
    onFailure: plan.onFailure,
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(inputs !== undefined && { inputs }),
    pools: Object.fromEntries(plan.pools),
    unreachedPools: [...plan.pools].flatMap(([pool, { limit = 0 }]) => (limit > plan.concurrency ? [pool] : [])),
    edges: graph.edgeCounts,
    operations: operations.map((compiled, index) =>
      operation(
        compiled,
        words[index] ?? {},
        (waitsFor.get(compiled.id) ?? []).sort((a, b) => place.get(a.id)! - place.get(b.id)!),
      ),
    ),
    unordered: [...unordered(graph, compared)].flatMap(([index, others]) =>
      others.length === 0 ? [] : [{ id: operations[index]!.id, with: others.map((other) => operations[other]!.id) }],
    ),
    unorderedOmitted: undeclared.length - compared.length,
    longestChain: chain,
    notes: planNotes(plan, () => undefined),
    leastRounds: Math.max(chain.length, Math.ceil(operations.length / plan.concurrency)),
    cannotBeUndone: operations.filter((_, index) => kinds[index]!.lasting).map(({ id }) => id),
  }
}

function operation(
  compiled: CompiledOperation,
  { condition, readyWhen }: WrittenOperation,
  waitsFor: readonly WaitsFor[],
): ExplainedOperation {
  const { id, name, title, when, priority, weight, pool, timeoutMs, retry, extras } = compiled as CompiledPlanOperation // As above.
  const place = placeOf(compiled)
  const each = extras.each && itemsText(extras.each.items)
  return {
    id,
    name,
    ...(title !== undefined && { title }),
    ...(each !== undefined && { each }),
    ...(extras.condition !== undefined && { conditional: true as const }),
    ...(condition !== undefined && { condition }),
    ...(readyWhen !== undefined && { service: { readyWhen } }),
    ...(extras.confirm && { confirm: true as const }),
    when,
    priority,
    weight,
    ...(pool !== undefined && { pool }),
    ...(place !== undefined && { place }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(retry !== undefined && { retry }),
    waitsFor,
  }
}

function itemsText(items: EachItem['items']): string {
  return items.type === 'list' ? `of ${items.list.length} items` : `item of ${items.pointer.text}`
}

interface Kind {
  /** It may change something, and does not say what. */
  readonly undeclared: boolean
  /** It may change something, and nothing takes that back. */
  readonly lasting: boolean
}

function kindOf(compiled: CompiledOperation): Kind {
  const { operationType, given, extras } = compiled as CompiledPlanOperation // What compilePlan makes are operations of a plan.
  const { undo } = extras.each?.extras ?? extras
  // Decoded by the type's own codec, or foreseen with it.
  const params = (given.type === 'decoded' ? given.params : foreseenParams(operationType.params, given.tree)) as Foreseen<unknown>
  if (operationType.readOnly?.(params) === true) return { undeclared: false, lasting: false }
  const { reads = [], writes = [] } = operationType.effects(params)
  return {
    undeclared: reads.length + writes.length === 0,
    lasting: (operationType.undoes !== true || placeOf(compiled) !== undefined) && undo === undefined,
  }
}

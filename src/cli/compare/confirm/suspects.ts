import type { CompiledPlanOperation } from '../../../graph/operations/compiledOperation.js'
import { isRepeatable } from '../../../graph/operations/isRepeatable.js'
import type { Graph } from '../../../model/graph.js'

/** An operation that is not run again, and why. */
export interface NotAgain {
  readonly id: string
  readonly type: string
  /** The operation that may not be done twice: itself, or one that it needs. */
  readonly because: string
}

/** Which operations of a plan are run again. */
export interface Suspects {
  readonly ids: readonly string[]
  readonly left: readonly NotAgain[]
}

/** The operations of the suspected types, without those that may not be done twice outside of a copy, or need one: all of them with `consent`. */
export function suspectsOf(graph: Graph, types: ReadonlySet<string>, consent: boolean): Suspects {
  const suspected = graph.operations.filter(({ name }) => types.has(name))
  if (consent) return { ids: suspected.map(({ id }) => id), left: [] }
  const neededBy = new Map<string, string[]>()
  for (const { from, to, kind } of graph.edges()) {
    if (kind === 'order') continue
    const needs = neededBy.get(to)
    if (needs === undefined) neededBy.set(to, [from])
    else needs.push(from)
  }
  const once = new Set(graph.operations.flatMap((operation) => (isOnce(operation) ? [operation.id] : [])))
  const ids: string[] = []
  const left: NotAgain[] = []
  for (const { id, name } of suspected) {
    const because = firstOf(id, neededBy, once)
    if (because === undefined) ids.push(id)
    else left.push({ id, type: name, because })
  }
  return { ids, left }
}

/** Whether a second time needs consent. File operations touch nothing but the roots, and those are copies. */
function isOnce(operation: Graph['operations'][number]): boolean {
  const { name, extras } = operation as CompiledPlanOperation // All operations of a plan are.
  return extras.confirm || !(name.startsWith('file.') || isRepeatable(operation))
}

/** The first of an operation and all that it needs that may be done only once. */
function firstOf(id: string, neededBy: ReadonlyMap<string, readonly string[]>, once: ReadonlySet<string>): string | undefined {
  const reached = new Set([id])
  // A set is gone through with what is added meanwhile.
  for (const one of reached) {
    if (once.has(one)) return one
    for (const need of neededBy.get(one) ?? []) reached.add(need)
  }
  return undefined
}

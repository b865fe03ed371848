import type { TerminalEvent } from '../../../model/event.js'
import type { Graph } from '../../../model/graph.js'
import { isPlainObject, own } from '../../../model/codec/plainObject.js'
import type { TokenPlan } from '../../../monitor/tokens/tokenPlan.js'
import { namedOperations, returnsOf } from '../../planFile/planOutline.js'

/** A plan and what really came of it, as messages would have carried it. */
export function tokenPlanOf(plan: unknown, graph: Graph, ends: ReadonlyMap<string, TerminalEvent>): TokenPlan {
  const waits = new Map<string, string[]>()
  for (const { from, to, kind } of graph.edges()) {
    // What only keeps its place in the list has nothing to wait for in a message.
    if (kind === 'order') continue
    const known = waits.get(to)
    if (known === undefined) waits.set(to, [from])
    else known.push(from)
  }
  const given = isPlainObject(plan) ? own(plan, 'operations') : undefined
  const paramsAt = (index: number): unknown => {
    const operation: unknown = Array.isArray(given) ? given[index] : undefined
    return isPlainObject(operation) ? (own(operation, 'params') ?? {}) : {}
  }
  const operations = namedOperations(plan).map(({ id, name }, index) => ({
    id,
    name,
    params: paramsAt(index),
    dependencies: waits.get(id) ?? [],
    value: valueOf(ends.get(id)),
  }))
  const returns = returnsOf(plan)
  return { operations, ...(returns !== undefined && { returns }) }
}

/** What would have been answered: the value, or why there is none. */
function valueOf(end: TerminalEvent | undefined): unknown {
  switch (end?.type) {
    case 'operation-succeeded':
      return end.value
    case 'operation-failed':
      return { error: end.error.message }
    case 'operation-skipped':
    case 'operation-cancelled':
    case undefined:
      return null
  }
}

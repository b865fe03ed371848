import type { PlanGraph } from '../../monitor/meter/planGraph.js'
import type { OperationDetails } from './operationDetails.js'

/** What an operation waited for before its first attempt. */
export interface ShownWaiting {
  /** The operations it depends on, the last to end first. */
  readonly dependencies: readonly string[]
  /** From the start of the run until all of them had ended, in ms. */
  readonly forDependenciesMs: number
  /** From then until it had a slot, in ms; undefined when it never started. */
  readonly forSlotMs: number | undefined
}

/** Undefined for an operation that never was ready. Without the graph of the plan, dependencies are not known by name. */
export function waitingOf(details: OperationDetails, graph: PlanGraph | undefined): ShownWaiting | undefined {
  const { readyAt, runStartedAt, attempts, endedBefore } = details
  if (readyAt === undefined) return undefined
  const endedAt = (id: string): number => endedBefore.get(id) ?? -1
  const dependencies = graph === undefined ? [] : dependenciesOf(details.id, graph)
  const started = attempts[0]?.startedAt
  return {
    dependencies: dependencies.toSorted((a, b) => endedAt(b) - endedAt(a)),
    forDependenciesMs: readyAt - runStartedAt,
    forSlotMs: started === undefined ? undefined : started - readyAt,
  }
}

/** Behind a node that is no operation, the operations that it joins. */
function dependenciesOf(id: string, { operations: compiled, nodes, offsets, targets }: PlanGraph): readonly string[] {
  const before = new Map<number, number[]>()
  for (let node = 0; node < nodes; node++)
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      const list = before.get(targets[edge]!) ?? []
      list.push(node)
      before.set(targets[edge]!, list)
    }
  const found = new Set<number>()
  const open = [compiled.findIndex((operation) => operation.id === id)]
  for (const node of open)
    for (const source of before.get(node) ?? []) {
      if (found.has(source)) continue
      found.add(source)
      if (source >= compiled.length) open.push(source)
    }
  return [...found].filter((node) => node < compiled.length).map((node) => compiled[node]!.id)
}

// graph/edges: edges between operations: their stores, order, cycles, critical path and gates.
import type { EdgeKind } from '../../model/graph.js'
import { intList, type IntList } from './intList.js'

/** Kinds of edges as numbers, in this order. */
export const edgeKinds = ['explicit', 'reference', 'effect', 'order'] as const satisfies readonly EdgeKind[]

export const Kind = { explicit: 0, reference: 1, effect: 2, order: 3 } as const satisfies { readonly [K in EdgeKind]: number }

/** Makes a node that stands for a join before it, if any, and members. */
export type MakeJoin = (before: number, members: readonly number[]) => number

/** Edges and joins that follow from effects, as they are found, three numbers an edge. */
export interface EdgeStore {
  readonly from: IntList
  readonly to: IntList
  readonly kind: IntList
  /** How many nodes there are: the operations, then the joins. */
  readonly nodes: number
  /** For each join, the position of its first edge: its edges lie together, one from an earlier join first. */
  readonly joinStarts: IntList
  /** For each join, how many operations it stands for. */
  readonly joinSizes: IntList
  add(from: number, to: number, kind: number): void
  readonly makeJoin: MakeJoin
}

export function edgeStore(operations: number): EdgeStore {
  const [from, to, kind] = [intList(), intList(), intList()]
  const [joinStarts, joinSizes] = [intList(), intList()]
  const add = (source: number, target: number, kindOfEdge: number): void => {
    from.push(source)
    to.push(target)
    kind.push(kindOfEdge)
  }
  return {
    from,
    to,
    kind,
    joinStarts,
    joinSizes,
    get nodes() {
      return operations + joinStarts.length
    },
    add,
    makeJoin(before, members) {
      const join = operations + joinStarts.length
      joinStarts.push(from.length)
      joinSizes.push(members.length + (before < 0 ? 0 : joinSizes.at(before - operations)))
      if (before >= 0) add(before, join, Kind.order)
      for (const member of members) add(member, join, Kind.order)
      return join
    },
  }
}

// graph/edges: edges between operations: their stores, order, cycles, critical path and gates.
import type { EdgeKind } from '../../model/graph.js'
import { IntList } from './intList.js'

/** Kinds of edges as numbers, in this order. */
export const edgeKinds = ['explicit', 'reference', 'effect', 'order'] as const satisfies readonly EdgeKind[]

export const Kind = { explicit: 0, reference: 1, effect: 2, order: 3 } as const satisfies { readonly [K in EdgeKind]: number }

/** Makes a node that stands for a join before it, if any, and members. */
export type MakeJoin = (before: number, members: readonly number[]) => number

/** Edges and joins that follow from effects, as they are found, three numbers an edge. */
export class EdgeStore {
  readonly from = new IntList()
  readonly to = new IntList()
  readonly kind = new IntList()
  /** For each join, the position of its first edge: its edges lie together, one from an earlier join first. */
  readonly joinStarts = new IntList()
  /** For each join, how many operations it stands for. */
  readonly joinSizes = new IntList()

  constructor(private readonly operations: number) {}

  /** How many nodes there are: the operations, then the joins. */
  get nodes(): number {
    return this.operations + this.joinStarts.length
  }

  add(from: number, to: number, kind: number): void {
    this.from.push(from)
    this.to.push(to)
    this.kind.push(kind)
  }

  readonly makeJoin: MakeJoin = (before, members) => {
    const join = this.nodes
    this.joinStarts.push(this.from.length)
    this.joinSizes.push(members.length + (before < 0 ? 0 : this.joinSizes.at(before - this.operations)))
    if (before >= 0) this.add(before, join, Kind.order)
    for (const member of members) this.add(member, join, Kind.order)
    return join
  }
}

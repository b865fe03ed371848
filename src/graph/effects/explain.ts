import type { Edge, EdgeKind, CompiledOperation } from '../../model/graph.js'
import { quoteText, showName } from '../../model/fault/quote.js'
import { conflicting, reads, Way, writes, type Access } from './access.js'
import { overlap } from './overlap.js'
import { edgeKinds, Kind, type EdgeStore } from '../edges/edgeStore.js'
import type { ExplicitEdges } from '../edges/explicitEdges.js'

/** Where a join stands for more operations than this, the newest are told and the rest are counted: they may be n × m. */
const mostOfJoin = 8

/** Every edge between two operations, with its reason in words. */
export function explainEdges(
  operations: readonly CompiledOperation[],
  { starts, sources, kinds }: ExplicitEdges,
  store: EdgeStore,
  accessesOf: (index: number) => readonly Access[],
): readonly Edge[] {
  const edges: Edge[] = []
  const known: (readonly Access[])[] = []
  const accesses = (index: number): readonly Access[] => (known[index] ??= accessesOf(index))
  const tell = (from: number, to: number, kind: number, omitted = 0): void => {
    const why = (): Reason => reason(operations, from, to, kind, accesses)
    edges.push(new ExplainedEdge(operations[from]!.id, operations[to]!.id, edgeKinds[kind] as EdgeKind, omitted, why))
  }
  for (let index = 0; index < operations.length; index++)
    for (let at = starts[index]!; at < starts[index + 1]!; at++) tell(sources[at]!, index, kinds[at]!)
  for (let edge = 0; edge < store.from.length; edge++) {
    const [from, to, kind] = [store.from.at(edge), store.to.at(edge), store.kind.at(edge)]
    if (to >= operations.length) continue
    if (from < operations.length) tell(from, to, kind)
    else {
      const { members, omitted } = newestMembers(from, operations.length, store)
      members.forEach((member, position) => tell(member, to, kind, position === members.length - 1 ? omitted : 0))
    }
  }
  return edges
}

interface Reason {
  readonly text: string
  readonly resource?: string
}

/** Of hundreds of thousands few are asked why they are there. */
class ExplainedEdge implements Edge {
  constructor(
    readonly from: string,
    readonly to: string,
    readonly kind: EdgeKind,
    private readonly omitted: number,
    private readonly reason: () => Reason,
  ) {}

  get why(): string {
    const { text } = this.reason()
    return this.omitted > 0 ? `${text} (as do ${this.omitted} before it)` : text
  }

  get resource(): string | undefined {
    return this.reason().resource
  }
}

function newestMembers(
  join: number,
  operations: number,
  store: EdgeStore,
): { readonly members: readonly number[]; readonly omitted: number } {
  const members: number[] = []
  let before = join
  while (before >= operations && members.length < mostOfJoin) {
    const start = store.joinStarts.at(before - operations)
    const earlier = store.from.at(start)
    const inEarlier = earlier >= operations ? store.joinSizes.at(earlier - operations) : 0
    const first = earlier >= operations ? start + 1 : start
    let end = first + store.joinSizes.at(before - operations) - inEarlier
    while (end > first && members.length < mostOfJoin) members.push(store.from.at(--end))
    before = earlier
  }
  return { members, omitted: store.joinSizes.at(join - operations) - members.length }
}

function reason(
  operations: readonly CompiledOperation[],
  from: number,
  to: number,
  kind: number,
  accessesOf: (index: number) => readonly Access[],
): Reason {
  if (kind === Kind.explicit) return { text: `${name(operations, to)} lists it in its dependencies` }
  if (kind === Kind.reference) return { text: `${name(operations, to)} refers to its result` }
  const [before, after] = [accessesOf(from), accessesOf(to)]
  const pair =
    (kind === Kind.effect ? firstPair(before, after, (one, two) => writes(one.way) && reads(two.way) && isSame(one, two)) : undefined) ??
    firstPair(before, after, (one, two) => conflicting[two.way]!.includes(one.way) && overlap(one, two) !== undefined)
  // Only a type that declares other effects when asked again comes to no pair.
  return pair === undefined
    ? { text: `touches what ${name(operations, to)} touches` }
    : { text: told(pair.first, pair.second, name(operations, to)), resource: pair.first.resource }
}

function firstPair(
  before: readonly Access[],
  after: readonly Access[],
  fits: (first: Access, second: Access) => boolean,
): { readonly first: Access; readonly second: Access } | undefined {
  for (const first of before) for (const second of after) if (fits(first, second)) return { first, second }
  return undefined
}

function told(first: Access, second: Access, other: string): string {
  const between = { same: '', holds: `, which holds ${shown(second)}`, inside: `, inside ${shown(second)}` }[
    overlap(first, second) ?? 'same'
  ]
  return `${verb(first)} ${shown(first)}${between}, ${second.way === Way.follow ? `where ${other} works` : `which ${other} ${verb(second)}`}`
}

function verb({ way, exact }: Access): string {
  if (way === Way.follow) return 'works in'
  if (reads(way)) return exact ? 'reads' : 'can read in'
  return exact ? 'writes' : 'can write in'
}

function isSame(first: Access, second: Access): boolean {
  return overlap(first, second) === 'same'
}

function shown({ resource }: Access): string {
  return showName(resource.startsWith('file:') ? resource.slice('file:'.length) || '/' : resource)
}

function name(operations: readonly CompiledOperation[], index: number): string {
  return quoteText(operations[index]!.id)
}

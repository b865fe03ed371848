// report/graph: the graph of a plan as people look at it: depths, the critical path, and operations of one type and depth as one box.
import type { RunPicture, Wiring } from '../picture/picture.js'

/** Operations that stand for one another in the picture: of one type at one depth, or a single one. */
export interface GraphBox {
  /** The single operation, or the type of all. */
  readonly label: string
  /** Indexes of the operations in it. */
  readonly members: number[]
  readonly column: number
  /** Its place in the column. */
  row: number
}

export interface FoldedGraph {
  readonly boxes: readonly GraphBox[]
  /** Pairs of boxes, the earlier one first: some operation of the one waits for some of the other. */
  readonly edges: readonly (readonly [from: number, to: number])[]
  /** Depths in each column: 1, unless there are more than can be shown beside each other. */
  readonly depthsInColumn: number
  /** Each box is a single operation. */
  readonly single: boolean
}

/** Up to here each operation has a box of its own. */
const mostSingle = 48
const mostColumns = 48
const mostTypes = 24
const otherTypes = '(other types)'

/**
 * Folds a graph, however large. Its edges are folded while they are read, and joins are passed through as the sets of boxes before and
 * behind them: the n × m edges they stand for are never made.
 */
export function foldGraph(picture: RunPicture, depths: Float64Array, order: readonly number[]): FoldedGraph {
  const { operations, wiring } = picture
  const single = operations.length <= mostSingle
  let deepest = 0
  for (const depth of depths) deepest = Math.max(deepest, depth)
  const depthsInColumn = Math.ceil((deepest + 1) / mostColumns)
  const shown = shownTypes(picture)

  const boxes: GraphBox[] = []
  const boxOf = new Int32Array(operations.length)
  const byKey = new Map<string, number>()
  for (const [index, { id, title, type }] of operations.entries()) {
    const column = Math.floor(depths[index]! / depthsInColumn)
    const folded = shown.has(type) ? type : otherTypes
    const key = single ? String(index) : `${column} ${folded}`
    let box = byKey.get(key)
    if (box === undefined) {
      box = boxes.length
      byKey.set(key, box)
      boxes.push({ label: single ? (title ?? id) : folded, members: [], column, row: 0 })
    }
    boxes[box]!.members.push(index)
    boxOf[index] = box
  }
  const edges = wiring === undefined ? [] : foldedEdges(wiring, order, boxOf, boxes.length)
  placeRows(boxes, edges)
  return { boxes, edges, depthsInColumn, single }
}

/** The types with the most operations; a picture has no room for thousands. */
function shownTypes({ operations }: RunPicture): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const { type } of operations) counts.set(type, (counts.get(type) ?? 0) + 1)
  const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, counts.size > mostTypes ? mostTypes - 1 : mostTypes)
  return new Set(most.map(([type]) => type))
}

function foldedEdges(
  { nodes, planned, offsets, targets }: Wiring,
  order: readonly number[],
  boxOf: Int32Array,
  boxes: number,
): readonly (readonly [number, number])[] {
  const seen = new Set<number>()
  /** The boxes before each join. */
  const before = new Map<number, Set<number>>()
  const add = (from: number, to: number): void => {
    if (from !== to) seen.add(from * boxes + to)
  }
  const pass = (node: number, sources: Iterable<number>): void => {
    const behind = new Set<number>()
    for (let edge = offsets[node]!; edge < offsets[node + 1]!; edge++) {
      const target = targets[edge]!
      if (target < planned) behind.add(boxOf[target]!)
      else {
        const set = before.get(target) ?? new Set()
        for (const source of sources) set.add(source)
        before.set(target, set)
      }
    }
    for (const source of sources) for (const box of behind) add(source, box)
  }
  for (const node of order) {
    if (node >= nodes) continue
    if (node < planned) pass(node, [boxOf[node]!])
    else {
      pass(node, before.get(node) ?? [])
      before.delete(node)
    }
  }
  return Array.from(seen, (pair) => [Math.floor(pair / boxes), pair % boxes] as const)
}

/** Each box near the mean of those before it, so that few edges cross (the barycenter heuristic; Sugiyama, 1981). */
function placeRows(boxes: GraphBox[], edges: readonly (readonly [number, number])[]): void {
  const before = boxes.map((): number[] => [])
  for (const [from, to] of edges) before[to]!.push(from)
  const columns = new Map<number, GraphBox[]>()
  for (const box of boxes) columns.set(box.column, [...(columns.get(box.column) ?? []), box])
  const at = new Map(boxes.map((box, index) => [box, index]))
  for (const [, column] of [...columns].sort(([a], [b]) => a - b)) {
    const wish = new Map(
      column.map((box, place) => {
        const rows = before[at.get(box)!]!.map((source) => boxes[source]!.row)
        return [box, rows.length === 0 ? place : rows.reduce((sum, row) => sum + row, 0) / rows.length]
      }),
    )
    column.sort((a, b) => wish.get(a)! - wish.get(b)!).forEach((box, row) => (box.row = row))
  }
}

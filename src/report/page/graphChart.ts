import { count, thousands } from '../../terminal/text/count.js'
import type { Findings } from '../findings/findings.js'
import { foldGraph, type FoldedGraph, type GraphBox } from '../graph/foldGraph.js'
import type { PicturedState, RunPicture } from '../picture/picture.js'
import { chart, fitted, type Chart, type Drawing } from './chart.js'
import type { Hint } from './hint.js'
import { stateColour, stateOrder } from './colourOf.js'

/** The graph of the plan, folded by type and depth. */
export interface GraphChart extends Chart {
  readonly show: (picture: RunPicture, findings: Findings) => void
  readonly graph: () => FoldedGraph
}

interface Shown {
  readonly picture: RunPicture
  readonly graph: FoldedGraph
  /** Boxes with an operation of the critical path; none where that says little. */
  readonly critical: ReadonlySet<number>
  readonly columns: number
  readonly rows: number
}

const boxHeight = 40
const rowGap = 14
const columnGap = 34
const leastWidth = 108
const mostWidth = 190
const leastShare = 0.5

export function graphChart(choose: (box: GraphBox, index: number) => void, tip: Hint): GraphChart {
  let now: Shown | undefined
  let folded: { readonly key: string; readonly graph: FoldedGraph } | undefined

  const widthOf = (width: number): number =>
    now === undefined ? leastWidth : Math.min(mostWidth, Math.max(leastWidth, (width - 2 + columnGap) / now.columns - columnGap))
  const placeOf = ({ column, row }: GraphBox, width: number): readonly [number, number] => [
    1 + column * (widthOf(width) + columnGap),
    1 + row * (boxHeight + rowGap),
  ]

  const drawn = chart({
    height: () => Math.max(1, now?.rows ?? 1) * (boxHeight + rowGap) - rowGap + 2,
    least: () => (now?.columns ?? 1) * (leastWidth + columnGap) - columnGap + 2,
    draw(drawing) {
      if (now !== undefined) drawGraph(drawing, now, (box) => placeOf(box, drawing.width), widthOf(drawing.width))
    },
  })
  const { canvas } = drawn

  const boxAt = (x: number, y: number): number =>
    (now?.graph.boxes ?? []).findIndex((box) => {
      const [left, top] = placeOf(box, canvas.clientWidth)
      return x >= left && x <= left + widthOf(canvas.clientWidth) && y >= top && y <= top + boxHeight
    })
  canvas.addEventListener('click', ({ offsetX, offsetY }) => {
    const index = boxAt(offsetX, offsetY)
    if (index >= 0) choose(now!.graph.boxes[index]!, index)
  })
  tip.over(canvas, (x, y) => {
    const box = now?.graph.boxes[boxAt(x, y)]
    return box === undefined ? '' : boxText(box, now!)
  })

  return {
    ...drawn,
    graph: () => now!.graph,
    show(picture, { depths, order, criticalPath, makespanMs }) {
      // While a run goes on, its graph changes only when operations are added or named.
      const key = `${picture.operations.length} ${new Set(picture.operations.map(({ type }) => type)).size}`
      if (folded?.key !== key) folded = { key, graph: foldGraph(picture, depths, order) }
      const { graph } = folded
      const onPath = new Set((criticalPath?.ms ?? 0) >= leastShare * makespanMs ? criticalPath?.operations : [])
      const critical = new Set<number>()
      for (const [index, { members }] of graph.boxes.entries()) if (members.some((member) => onPath.has(member))) critical.add(index)
      now = {
        picture,
        graph,
        critical,
        columns: 1 + graph.boxes.reduce((most, { column }) => Math.max(most, column), 0),
        rows: 1 + graph.boxes.reduce((most, { row }) => Math.max(most, row), 0),
      }
      drawn.redraw()
    },
  }
}

function drawGraph(
  { to, colours }: Drawing,
  { picture, graph, critical }: Shown,
  placeOf: (box: GraphBox) => readonly [number, number],
  wide: number,
): void {
  const { boxes, edges } = graph
  const draw = (onPath: boolean): void => {
    to.strokeStyle = onPath ? colours.path : colours.idle
    to.lineWidth = onPath ? 2 : 1
    to.beginPath()
    for (const [from, target] of edges) {
      if ((critical.has(from) && critical.has(target)) !== onPath) continue
      const [x1, y1] = placeOf(boxes[from]!)
      const [x2, y2] = placeOf(boxes[target]!)
      const middle = boxHeight / 2
      const bend = Math.max(columnGap / 2, (x2 - x1 - wide) / 2)
      // Past a column in between it goes through the gap below its row, or it would seem to lead to the box there.
      const sag = boxes[target]!.column - boxes[from]!.column > 1 && y1 === y2 ? (boxHeight + rowGap) * 0.67 : 0
      to.moveTo(x1 + wide, y1 + middle)
      to.bezierCurveTo(x1 + wide + bend, y1 + middle + sag, x2 - bend, y2 + middle + sag, x2, y2 + middle)
    }
    to.stroke()
  }
  draw(false)
  draw(true)
  for (const [index, box] of boxes.entries()) {
    const [x, y] = placeOf(box)
    to.fillStyle = colours.panel
    to.strokeStyle = critical.has(index) ? colours.path : colours.line
    to.lineWidth = critical.has(index) ? 2 : 1
    to.beginPath()
    to.roundRect(x, y, wide, boxHeight, 5)
    to.fill()
    to.stroke()
    to.textBaseline = 'middle'
    to.textAlign = 'right'
    to.fillStyle = colours.soft
    const many = graph.single ? '' : thousands(box.members.length)
    to.fillText(many, x + wide - 8, y + 15)
    const room = wide - 18 - to.measureText(many).width
    to.textAlign = 'left'
    to.fillStyle = colours.ink
    to.fillText(fitted(to, box.label, room), x + 8, y + 15)
    let at = x + 8
    for (const [state, number] of statesIn(box, picture)) {
      const part = ((wide - 16) * number) / box.members.length
      to.fillStyle = stateColour(state, colours)
      // One failure among thousands is still to be seen.
      to.fillRect(at, y + 27, Math.max(part, state === 'failed' ? 2 : 0), 5)
      at += part
    }
  }
}

/** How many operations of a box are in which state, the worst first. */
export function statesIn({ members }: GraphBox, { operations }: RunPicture): readonly (readonly [PicturedState, number])[] {
  const counts = new Map<PicturedState, number>()
  for (const member of members) {
    const { state } = operations[member]!
    counts.set(state, (counts.get(state) ?? 0) + 1)
  }
  return stateOrder.flatMap((state) => (counts.has(state) ? [[state, counts.get(state)!] as const] : []))
}

export function depthText({ column }: GraphBox, { depthsInColumn }: FoldedGraph): string {
  const from = column * depthsInColumn
  return depthsInColumn === 1 ? `depth ${from}` : `depths ${thousands(from)} to ${thousands(from + depthsInColumn - 1)}`
}

function boxText(box: GraphBox, { picture, graph }: Shown): string {
  const states = statesIn(box, picture).map(([state, number]) => (graph.single ? state : `${thousands(number)} ${state}`))
  return `${box.label}, ${depthText(box, graph)}${graph.single ? '' : `, ${count(box.members.length, 'operation')}`}: ${states.join(', ')}`
}

import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { explain, type WaitsFor } from '../../../src/cli/plan/explain.js'
import { compilePlan } from '../../../src/graph/compilePlan.js'
import { standardOperations } from '../../../src/node.js'
import { drawnBox, svg } from './drawBox.js'

const boxWidth = 116
const boxHeight = 44
const columnWidth = 196
const rowHeight = 64
const margin = 20
const top = 16

interface Box {
  readonly id: string
  readonly name: string
  readonly column: number
  readonly row: number
  readonly waitsFor: readonly WaitsFor[]
}

/** The graph of the first plan on the page of the plan format, with the edges that `millrace plan` tells of it. */
export function drawPlan(): string {
  const [, text = ''] = /```yaml\n([^]*?)```/.exec(readFileSync('docs/plan-format.md', 'utf8')) ?? []
  const boxes = boxesOf(parse(text))
  const at = new Map(boxes.map((box) => [box.id, box]))
  const width = margin * 2 + Math.max(...boxes.map(({ column }) => column)) * columnWidth + boxWidth
  const legend = top + (Math.max(...boxes.map(({ row }) => row)) + 1) * rowHeight + 8
  return svg(width, legend + 20, boxes.map(spoken).join('; '), [
    ...boxes.flatMap((box) => box.waitsFor.map((edge) => arrow(at.get(edge.id)!, box, edge.kind === 'order'))),
    ...boxes.map((box) =>
      drawnBox({ x: leftOf(box), y: middleOf(box) - boxHeight / 2, width: boxWidth, height: boxHeight, title: box.id, note: box.name }),
    ),
    `<text x="${margin}" y="${legend + 4}" fill="#57606a"><tspan fill="#0969da">━━</tspan> uses its result    <tspan fill="#6e7781">╍╍</tspan> touches the same files</text>`,
  ])
}

const spoken = ({ id, waitsFor }: Box): string =>
  waitsFor.length > 0 ? `${id} after ${waitsFor.map((edge) => edge.id).join(', ')}` : `${id} at once`

function boxesOf(plan: unknown): readonly Box[] {
  const compiled = compilePlan(plan, standardOperations({ root: process.cwd() }))
  if (compiled._tag === 'Left') throw new Error('The first plan of docs/plan-format.md is not valid.')
  const { operations } = explain(compiled.right, plan, { told: (text) => text, edgesOf: Infinity })
  const columnOf = new Map<string, number>()
  const filled: number[] = []
  const above = new Map<string, ReadonlySet<string>>()
  return operations.map(({ id, name, waitsFor }) => {
    const column = Math.max(-1, ...waitsFor.map((edge) => columnOf.get(edge.id)!)) + 1
    columnOf.set(id, column)
    above.set(id, new Set(waitsFor.flatMap((edge) => [edge.id, ...above.get(edge.id)!])))
    const row = filled[column] ?? 0
    filled[column] = row + 1
    // An edge that follows from others is left out, unless a result goes along it.
    const implied = (edge: WaitsFor): boolean => waitsFor.some((other) => above.get(other.id)!.has(edge.id))
    return { id, name, column, row, waitsFor: waitsFor.filter((edge) => edge.kind === 'reference' || !implied(edge)) }
  })
}

const leftOf = ({ column }: Box): number => margin + column * columnWidth
const middleOf = ({ row }: Box): number => top + row * rowHeight + boxHeight / 2

function arrow(from: Box, to: Box, order: boolean): string {
  const [x1, y1, x2, y2] = [leftOf(from) + boxWidth, middleOf(from), leftOf(to) - 2, middleOf(to)]
  const colour = order ? '#6e7781' : '#0969da'
  const dash = order ? ' stroke-dasharray="5 4"' : ''
  // One that passes a column goes below its boxes.
  const dip = to.column - from.column > 1 ? rowHeight * 0.62 : 0
  const bend = (x2 - x1) / 2
  return [
    `<path d="M${x1} ${y1}C${x1 + bend} ${y1 + dip} ${x2 - bend} ${y2 + dip} ${x2 - 7} ${y2}" fill="none" stroke="${colour}" stroke-width="1.5"${dash}/>`,
    `<path d="M${x2 - 8} ${y2 - 4.5}l8 4.5l-8 4.5z" fill="${colour}"/>`,
  ].join('')
}

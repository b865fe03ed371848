import { duration } from '../../terminal/text/duration.js'
import type { PicturedAttempt, PicturedOperation, RunPicture } from '../picture/picture.js'
import { axisHeight, drawAxis, drawSelection, gutter, scaleOf } from './axis.js'
import { chart, fitted, type Chart, type Drawing } from './chart.js'
import { attemptColour, stateColour } from './colourOf.js'
import type { Hint } from './hint.js'
import { steer, type TimeWindow } from './timeWindow.js'

/** The slots of a run, a lane each: an attempt is a bar in the lanes it held. */
export interface LaneChart extends Chart {
  readonly show: (picture: RunPicture) => void
  readonly lanes: () => readonly SlotLane[]
}

interface Bar {
  readonly index: number
  readonly operation: PicturedOperation
  readonly attempt: PicturedAttempt
}

export interface SlotLane {
  readonly bars: Bar[]
  busyMs: number
  failed: number
}

const roomForAll = 420
const tallest = 20
const labelled = 13

export function laneChart(shown: TimeWindow, open: (index: number) => void, tip: Hint): LaneChart {
  let lanes: readonly SlotLane[] = []
  let lastAt = 0
  const laneHeight = (): number => Math.min(tallest, Math.max(0.5, roomForAll / Math.max(1, lanes.length)))

  const barAt = (x: number, y: number): Bar | undefined => {
    const bars = lanes[Math.floor(y / laneHeight())]?.bars ?? []
    const at = shown.from + ((x - gutter) / Math.max(1, drawn.canvas.clientWidth - gutter)) * (shown.to - shown.from)
    // A bar of next to no width is still drawn a pixel wide.
    const slack = (2 * (shown.to - shown.from)) / drawn.canvas.clientWidth
    return bars.findLast(({ attempt }) => attempt.startedAt - slack <= at && at <= (attempt.endedAt ?? lastAt) + slack)
  }

  const drawn = chart({
    height: () => Math.ceil(laneHeight() * Math.max(1, lanes.length)) + axisHeight,
    draw(drawing) {
      drawAxis(drawing, shown)
      drawLanes(drawing, lanes, laneHeight(), shown, lastAt)
      drawSelection(drawing, drag())
    },
  })
  const { canvas } = drawn
  const drag = steer(canvas, shown, gutter, (x, y) => {
    const bar = barAt(x, y)
    if (bar !== undefined) open(bar.index)
  })
  canvas.addEventListener('redraw', drawn.redraw)
  tip.over(canvas, (x, y) => {
    const bar = barAt(x, y)
    return bar === undefined ? '' : barText(bar, lastAt)
  })

  return {
    ...drawn,
    lanes: () => lanes,
    show(picture) {
      lastAt = picture.lastAt
      lanes = lanesOf(picture)
      drawn.redraw()
    },
  }
}

function lanesOf({ operations, lanes, lastAt }: RunPicture): readonly SlotLane[] {
  const found = Array.from({ length: lanes }, (): SlotLane => ({ bars: [], busyMs: 0, failed: 0 }))
  for (const [index, operation] of operations.entries())
    for (const attempt of operation.attempts)
      for (const place of attempt.lanes) {
        const lane = found[place]!
        lane.bars.push({ index, operation, attempt })
        lane.busyMs += (attempt.endedAt ?? lastAt) - attempt.startedAt
        if (attempt.message !== undefined) lane.failed++
      }
  for (const { bars } of found) bars.sort((a, b) => a.attempt.startedAt - b.attempt.startedAt)
  return found
}

function drawLanes(drawing: Drawing, lanes: readonly SlotLane[], tall: number, shown: TimeWindow, lastAt: number): void {
  const { to, width, height, colours } = drawing
  const x = scaleOf(shown, width)
  const between = tall > 4 ? 2 : tall > 2 ? 0.5 : 0
  const failures: (() => void)[] = []
  to.save()
  to.beginPath()
  to.rect(gutter, 0, width - gutter, height)
  to.clip()
  to.textBaseline = 'middle'
  to.textAlign = 'left'
  for (const [place, { bars }] of lanes.entries()) {
    const y = place * tall
    for (const { operation, attempt } of bars) {
      const end = attempt.endedAt ?? lastAt
      if (end < shown.from || attempt.startedAt > shown.to) continue
      const left = x(attempt.startedAt)
      const wide = Math.max(0.75, x(end) - left - (between > 1 ? 0.5 : 0))
      const colour = attemptColour(operation, attempt, colours)
      const fill = (): void => {
        to.fillStyle = colour
        to.fillRect(left, y + between / 2, wide, tall - between)
      }
      // What failed is drawn last: thousands of neighbours must not cover it.
      if (colour === stateColour('succeeded', colours)) fill()
      else failures.push(fill)
      if (tall >= labelled && wide > 40)
        failures.push(() =>
          label(to, operation.title ?? operation.id, Math.max(left, gutter), y, Math.min(wide, width - left), tall, colours.paper),
        )
    }
  }
  for (const draw of failures) draw()
  to.restore()
  to.fillStyle = colours.soft
  to.textAlign = 'right'
  to.textBaseline = 'middle'
  const each = Math.max(1, Math.ceil(14 / tall))
  for (let place = 0; place < lanes.length; place += each) to.fillText(String(place + 1), gutter - 8, place * tall + tall / 2)
}

function label(to: CanvasRenderingContext2D, text: string, x: number, y: number, wide: number, tall: number, colour: string): void {
  to.fillStyle = colour
  to.fillText(fitted(to, text, wide - 10), x + 5, y + tall / 2 + 0.5)
}

function barText({ operation, attempt }: Bar, lastAt: number): string {
  const which = operation.attempts.length > 1 ? `, attempt ${operation.attempts.indexOf(attempt) + 1} of ${operation.attempts.length}` : ''
  const ended = attempt.endedAt === undefined ? 'had not ended' : attempt.message === undefined ? operation.state : 'failed'
  return `${operation.title ?? operation.id} (${operation.type}${which}): ${ended}, ${duration((attempt.endedAt ?? lastAt) - attempt.startedAt)}`
}

import { thousands } from '../../terminal/text/count.js'
import { changesOf, loadOverTime, type Changes, type Load } from '../findings/loadOverTime.js'
import type { RunPicture } from '../picture/picture.js'
import { axisHeight, drawAxis, drawSelection, gutter } from './axis.js'
import { chart, type Chart, type Drawing } from './chart.js'
import { steer, type TimeWindow } from './timeWindow.js'

const runningHeight = 92
const readyHeight = 52
const gap = 16

/** Slots in use against the limit, and below it how many operations were ready and waited for one. */
export interface LoadChart extends Chart {
  readonly show: (picture: RunPicture) => void
  /** The same as numbers, for a table. */
  readonly load: (parts: number) => Load | undefined
}

export function loadChart(shown: TimeWindow): LoadChart {
  let changes: Changes | undefined
  let limit = 1

  const drawn = chart({
    height: () => runningHeight + gap + readyHeight + axisHeight + 6,
    draw(drawing) {
      if (changes === undefined) return
      const { width, colours } = drawing
      const load = loadOverTime(changes, shown.from, shown.to, Math.max(1, Math.floor(width - gutter)))
      const most = Math.max(limit, ...load.running)
      drawAxis(drawing, shown)
      panel(drawing, { top: 6, tall: runningHeight, values: load.running, most, fill: colours.work, label: 'slots' })
      limitLine(drawing, 6 + runningHeight - (runningHeight * limit) / most)
      const mostReady = Math.max(1, ...load.mostReady)
      panel(drawing, {
        top: 6 + runningHeight + gap,
        tall: readyHeight,
        values: load.ready,
        most: mostReady,
        fill: colours.ready,
        label: 'ready',
      })
      drawSelection(drawing, drag())
    },
  })
  const drag = steer(drawn.canvas, shown, gutter, () => undefined)
  drawn.canvas.addEventListener('redraw', drawn.redraw)

  return {
    ...drawn,
    show(picture) {
      changes = changesOf(picture)
      limit = Math.max(1, picture.concurrency)
      drawn.redraw()
    },
    load: (parts) => changes && loadOverTime(changes, shown.from, shown.to, parts),
  }
}

interface Panel {
  readonly top: number
  readonly tall: number
  readonly values: Float64Array
  readonly most: number
  readonly fill: string
  readonly label: string
}

function panel({ to, width, colours }: Drawing, { top, tall, values, most, fill, label }: Panel): void {
  const wide = (width - gutter) / values.length
  to.fillStyle = fill
  to.beginPath()
  to.moveTo(gutter, top + tall)
  for (const [part, value] of values.entries()) {
    const y = top + tall - (tall * value) / most
    to.lineTo(gutter + part * wide, y)
    to.lineTo(gutter + (part + 1) * wide, y)
  }
  to.lineTo(width, top + tall)
  to.fill()
  to.fillStyle = colours.soft
  to.textAlign = 'right'
  to.textBaseline = 'top'
  to.fillText(thousands(Math.round(most)), gutter - 8, top - 2)
  to.textBaseline = 'bottom'
  to.fillText(label, gutter - 8, top + tall + 2)
}

function limitLine({ to, width, colours }: Drawing, y: number): void {
  to.strokeStyle = colours.ink
  to.lineWidth = 1
  to.setLineDash([4, 3])
  to.beginPath()
  to.moveTo(gutter, Math.round(y) + 0.5)
  to.lineTo(width, Math.round(y) + 0.5)
  to.stroke()
  to.setLineDash([])
}

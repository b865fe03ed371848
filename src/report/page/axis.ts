import { duration } from '../../terminal/text/duration.js'
import type { Drawing } from './chart.js'
import type { TimeWindow } from './timeWindow.js'

/** What stands left of every chart over time: labels. */
export const gutter = 48
export const axisHeight = 20

/** Where a time stands. */
export function scaleOf({ from, to }: TimeWindow, width: number): (ms: number) => number {
  return (ms) => gutter + ((ms - from) / Math.max(1e-9, to - from)) * (width - gutter)
}

/** The time axis at the foot of a chart, and its lines through it. */
export function drawAxis({ to, width, height, colours }: Drawing, shown: TimeWindow): void {
  const x = scaleOf(shown, width)
  const step = niceStep((shown.to - shown.from) / Math.max(2, Math.floor((width - gutter) / 110)))
  to.fillStyle = colours.soft
  to.strokeStyle = colours.line
  to.textBaseline = 'alphabetic'
  to.textAlign = 'center'
  to.lineWidth = 1
  to.beginPath()
  for (let ms = Math.ceil(shown.from / step) * step; ms <= shown.to; ms += step) {
    const at = Math.round(x(ms)) + 0.5
    to.moveTo(at, 0)
    to.lineTo(at, height - axisHeight + 4)
    if (at < width - 20) to.fillText(ms === 0 ? '0' : axisLabel(ms), Math.max(at, gutter), height - 5)
  }
  to.stroke()
}

function axisLabel(ms: number): string {
  if (ms >= 60_000) return duration(ms)
  return ms >= 1_000 ? `${Number((ms / 1_000).toFixed(4))} s` : `${Number(ms.toFixed(2))} ms`
}

/** 1, 2 or 5 times a power of ten of ms, and of minutes from one minute on. */
function niceStep(least: number): number {
  const unit = least > 30_000 ? 60_000 : 1
  const power = unit * 10 ** Math.floor(Math.log10(Math.max(least, 0.01) / unit))
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= least)!
}

export function drawSelection({ to, height, colours }: Drawing, drag: readonly [number, number] | undefined): void {
  if (drag === undefined) return
  to.globalAlpha = 0.18
  to.fillStyle = colours.accent
  to.fillRect(drag[0], 0, drag[1] - drag[0], height)
  to.globalAlpha = 1
}

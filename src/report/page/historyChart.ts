import type { PicturedHistory } from '../picture/picture.js'
import { duration } from '../../terminal/text/duration.js'
import { chart, type Chart } from './chart.js'
import { gutter } from './axis.js'

const tall = 84

/** How long the runs of this plan took, the last one strong. */
export function historyChart({ runs }: PicturedHistory): Chart {
  const most = Math.max(1, ...runs.map(({ makespanMs }) => makespanMs))
  return chart({
    height: () => tall,
    draw({ to, width, colours }) {
      const step = Math.min(26, (width - gutter - 8) / runs.length)
      to.fillStyle = colours.soft
      to.textAlign = 'left'
      to.textBaseline = 'top'
      to.fillText(duration(most), 0, 0)
      to.strokeStyle = colours.line
      to.strokeRect(gutter + 8.5, tall - 4.5, width, 0)
      for (const [index, { makespanMs, ok }] of runs.entries()) {
        const high = Math.max(1, ((tall - 10) * makespanMs) / most)
        to.globalAlpha = index === runs.length - 1 ? 1 : 0.55
        to.fillStyle = ok ? colours.work : colours.bad
        to.fillRect(gutter + 8 + index * step, tall - 5 - high, Math.max(1, step - 3), high)
      }
      to.globalAlpha = 1
    },
  })
}

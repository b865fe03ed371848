import { median } from '../../monitor/histogram/quantile.js'

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const

/** Values as a line of bars, from the least to the greatest; more than `width` are drawn as medians of neighbours. */
export function sparkline(values: readonly number[], width: number): string {
  const drawn = values.length <= width ? values : bucketed(values, width)
  const low = Math.min(...drawn)
  const span = Math.max(...drawn) - low
  // Values that are all alike are neither high nor low.
  return drawn.map((value) => bars[span === 0 ? 3 : Math.round(((value - low) / span) * (bars.length - 1))]).join('')
}

function bucketed(values: readonly number[], count: number): readonly number[] {
  const { length } = values
  return Array.from({ length: count }, (_, bucket) =>
    median(values.slice(Math.floor((bucket * length) / count), Math.floor(((bucket + 1) * length) / count))),
  )
}

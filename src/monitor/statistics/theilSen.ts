import { median } from '../histogram/quantile.js'

/** A line through values at x = 0, 1, 2, … */
export interface Line {
  readonly slope: number
  readonly intercept: number
}

/**
 * The line whose slope is the median of the slopes of all pairs (Theil, 1950; Sen, 1968): up to 29 % of the values may be anything.
 *
 * Values stand at 0, 1, 2, …: only their order counts, never how far apart in time they came. Quadratic: for tens of values. The
 * slope is NaN for fewer than two.
 */
export function theilSen(values: readonly number[]): Line {
  const slopes: number[] = []
  values.forEach((later, x) => {
    for (let before = 0; before < x; before++) slopes.push((later - values[before]!) / (x - before))
  })
  const slope = median(slopes)
  return { slope, intercept: median(values.map((value, x) => value - slope * x)) }
}

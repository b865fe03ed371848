import { median } from '../../src/monitor/histogram/quantile.js'

/** The middle of some measurements, and the least and the most of them. */
export interface Spread {
  readonly median: number
  readonly low: number
  readonly high: number
}

export function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), low: Math.min(...values), high: Math.max(...values) }
}

/**
 * How one contender compares with the first, round by round: what else the machine does slows both of a round alike, so the ratio of a
 * round holds better than either of its parts. Rounds in which one of the two was not measured are left out.
 */
export function ratiosOf(base: readonly (number | undefined)[], other: readonly (number | undefined)[]): readonly number[] {
  return other.flatMap((value, round) => {
    const by = base[round]
    return value === undefined || by === undefined ? [] : [value / by]
  })
}

/** The exponent of growth: the slope of the least squares line through the logarithms of both. NaN for a single size. */
export function growthExponent(points: readonly (readonly [size: number, value: number])[]): number {
  const logs = points.map(([size, value]) => [Math.log(size), Math.log(value)] as const)
  const mean = (which: 0 | 1): number => logs.reduce((sum, point) => sum + point[which], 0) / logs.length
  const [meanSize, meanValue] = [mean(0), mean(1)]
  const over = logs.reduce((sum, [size, value]) => sum + (size - meanSize) * (value - meanValue), 0)
  return over / logs.reduce((sum, [size]) => sum + (size - meanSize) ** 2, 0)
}

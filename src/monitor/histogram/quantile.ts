/**
 * The quantile `q` of numbers in ascending order, between its two neighbours in proportion: type 7 of Hyndman and Fan (1996), the
 * default of R and NumPy. NaN when there are none.
 */
export function quantile(ascending: ArrayLike<number>, q: number): number {
  const position = (ascending.length - 1) * q
  const below = Math.floor(position)
  const lower = ascending[below]
  if (lower === undefined) return NaN
  const upper = ascending[below + 1] ?? lower
  return lower + (position - below) * (upper - lower)
}

/** The median of numbers in any order. NaN when there are none. */
export function median(values: ArrayLike<number>): number {
  return quantile(Float64Array.from(values).sort(), 0.5)
}

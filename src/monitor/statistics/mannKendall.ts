/** Whether values go up or down over their order. */
export interface MannKendall {
  /** Pairs in which the later value is greater, less those in which it is smaller. */
  readonly s: number
  /** Of `s` if the order meant nothing, ties taken into account. */
  readonly variance: number
  /** `(s ∓ 1) ÷ √variance`: nearly normal from eight values on. 0 when nothing can be told. */
  readonly z: number
}

/** The test of Mann (1945) and Kendall (1975), with the correction for continuity and for ties as in Gilbert (1987), chapter 16. */
export function mannKendall(values: readonly number[]): MannKendall {
  const n = values.length
  let s = 0
  values.forEach((later, index) => {
    for (let before = 0; before < index; before++) s += Math.sign(later - values[before]!)
  })
  const ties = new Map<number, number>()
  for (const value of values) ties.set(value, (ties.get(value) ?? 0) + 1)
  let variance = n * (n - 1) * (2 * n + 5)
  for (const t of ties.values()) variance -= t * (t - 1) * (2 * t + 5)
  variance /= 18
  return { s, variance, z: variance > 0 ? (s - Math.sign(s)) / Math.sqrt(variance) : 0 }
}

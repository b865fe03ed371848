import { median } from '../histogram/quantile.js'

/** A step in a series of values: those from one on differ from all before it. */
export interface ChangePoint {
  /** The index of the first value after the step. */
  readonly at: number
  /** The median after the step ÷ the median before it. */
  readonly ratio: number
  /** The largest |z| of Mann and Whitney over all splits, with the sign of the step. */
  readonly z: number
  /** What the medians on both sides leave over: Σ |value − median of its side|. */
  readonly left: number
}

const fewestSide = 3
const leastRatio = 1.12
/** A step smaller than this has to be clearer: a machine that drifts makes many small ones. */
const plainRatio = 1.18
/** So much further its |z| has to be. */
const clearer = 0.6

/**
 * What the largest |z| over all splits with three values a side passes in one of a hundred random orders. A single test would be
 * passed far more often, since the largest of many is taken.
 *
 * By simulation: the 99th percentile over 60,000 random orders of 1 … n (20,000 from 200 on). With nine values or fewer it is the
 * greatest |z| there can be, and more than one order in fifty has it: no step is told from them.
 */
const critical: readonly (readonly [count: number, z: number])[] = [
  [10, 2.56],
  [12, 2.717],
  [14, 2.828],
  [16, 2.889],
  [20, 2.972],
  [25, 3.057],
  [30, 3.132],
  [40, 3.217],
  [50, 3.262],
  [70, 3.343],
  [100, 3.399],
  [150, 3.484],
  [200, 3.523],
  [300, 3.578],
  [500, 3.625],
]

/** The fewest values in which a step can be told from noise. */
export const fewestForStep = 10

/**
 * The split of values, in the order they came, at which they differ most by the test of Mann and Whitney (1947); undefined when no
 * split passes what one random order in a hundred would, or the medians differ by less than 12 %; below 18 % it has to pass by 0.6.
 *
 * One step only: of a series with several, the one that splits it best.
 */
export function changePoint(values: readonly number[]): ChangePoint | undefined {
  if (values.length < fewestForStep) return undefined
  const { at: balanced, z } = bestSplit(values, fewestSide)
  const past = Math.abs(z) - criticalZ(values.length)
  if (past <= 0) return undefined
  // The largest |z| leans towards the middle, where sides are of equal length: the place itself is the one that leaves least over.
  const near = Array.from({ length: 2 * reach + 1 }, (_, index) => balanced - reach + index)
  const sides = near.filter((at) => at >= fewestSide && at <= values.length - fewestSide).map((at) => sidesAt(values, at))
  const { at, low, high, left } = sides.reduce((best, one) => (one.left < best.left ? one : best))
  const ratio = low === 0 ? Infinity : high / low
  if (Math.max(ratio, 1 / ratio) < (past >= clearer ? leastRatio : plainRatio)) return undefined
  return { at, ratio, z, left }
}

/**
 * The same as the last of several steps: what the values do now. Undefined where they do what they did before it: the last three lie
 * nearer to the median before than to the one after.
 */
export function lastStep(values: readonly number[]): ChangePoint | undefined {
  const step = changePoint(values)
  if (step === undefined) return undefined
  const later = lastStep(values.slice(step.at))
  if (later !== undefined) return { ...later, at: step.at + later.at }
  const { low, high } = sidesAt(values, step.at)
  const now = median(values.slice(-fewestSide))
  return Math.abs(now - low) < Math.abs(now - high) ? undefined : step
}

/** How far from the split with the largest |z| the step is looked for. */
const reach = 3

function sidesAt(
  values: readonly number[],
  at: number,
): { readonly at: number; readonly low: number; readonly high: number; readonly left: number } {
  const [before, after] = [values.slice(0, at), values.slice(at)]
  const [low, high] = [median(before), median(after)]
  return { at, low, high, left: distance(before, low) + distance(after, high) }
}

/** Σ of the distances from a middle. */
export function distance(values: readonly number[], middle: number): number {
  return values.reduce((sum, value) => sum + Math.abs(value - middle), 0)
}

/** The split with the largest |z| of Mann and Whitney, with so many values a side at least; it has the sign of the step. */
export function bestSplit(values: readonly number[], fewestSide: number): { readonly at: number; readonly z: number } {
  const ranks = ranksOf(values)
  const n = ranks.length
  const variance = spreadOf(ranks)
  if (variance === 0) return { at: 0, z: 0 }
  let [at, greatest, sum] = [0, 0, 0]
  for (let before = 1; before <= n - fewestSide; before++) {
    sum += ranks[before - 1]!
    if (before < fewestSide) continue
    // High ranks after the split make `sum` small and the step positive. Its square grows with that of z.
    const step = (before * (n + 1)) / 2 - sum
    const signed = (step * Math.abs(step)) / (before * (n - before))
    if (Math.abs(signed) > Math.abs(greatest)) [at, greatest] = [before, signed]
  }
  return { at, z: Math.sign(greatest) * Math.sqrt((Math.abs(greatest) * n * (n - 1)) / variance) }
}

/** Σ of squared distances from the mean rank: for ranks without ties `n(n² − 1) ÷ 12`, less with ties. */
function spreadOf(ranks: Float64Array): number {
  const mean = (ranks.length + 1) / 2
  let sum = 0
  for (const rank of ranks) sum += (rank - mean) ** 2
  return sum
}

/** Ranks from 1; equal values share the mean of theirs. */
function ranksOf(values: readonly number[]): Float64Array {
  const ascending = Float64Array.from(values).sort()
  const ranks = new Float64Array(values.length)
  for (let index = 0; index < ranks.length; index++) {
    const value = values[index]!
    const less = countBelow(ascending, value)
    let equal = less + 1
    while (ascending[equal] === value) equal++
    ranks[index] = (less + equal + 1) / 2
  }
  return ranks
}

/** How many of ascending values are less than one of them. */
function countBelow(ascending: Float64Array, value: number): number {
  let [from, to] = [0, ascending.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (ascending[middle]! < value) from = middle + 1
    else to = middle
  }
  return from
}

/** Between two counts of the table, straight in the logarithm; beyond it, its last. */
function criticalZ(count: number): number {
  const above = critical.findIndex(([known]) => known >= count)
  const [count1, z1] = critical[above === -1 ? critical.length - 1 : above]!
  const [count0, z0] = critical[above - 1] ?? [count1, z1]
  return count1 === count0 || above === -1 ? z1 : z0 + ((z1 - z0) * Math.log(count / count0)) / Math.log(count1 / count0)
}

import { median } from '../histogram/quantile.js'
import { bestSplit } from '../statistics/changePoint.js'
import { zOfChance } from '../statistics/normal.js'

/** The window from which on the values of a series differ most from those before it, and how much. */
export interface SeriesChange {
  readonly at: number
  /** With the sign of the change. */
  readonly z: number
  readonly before: number
  readonly now: number
  /** Whether it is large enough to matter to anybody. */
  readonly matters: boolean
}

/** From here on it looks like a movement. */
export const suspectZ = 3
/** Windows on each side of a change. */
const fewestSide = 4
const leastRatio = 1.2
/** Below this no split is worth to be looked at closely. */
const screened = 1.1

/**
 * Where times moved: the split with the largest |z| of Mann and Whitney, by ranks alone, so that it does not matter how times are
 * distributed. Where every value after it is above (or below) every value before it, the exact chance of that counts: with few windows
 * the normal distribution makes too little of it.
 */
export function changeOfTimes(means: readonly number[], leastDifference: number): SeriesChange | undefined {
  if (means.length < 2 * fewestSide || !differs(means)) return undefined
  const { at, z: rankZ } = bestSplit(means, fewestSide)
  const apart = isApart(means, at)
  // Most looks end here: the medians of what is nowhere near a change are of no use.
  if (!apart && Math.abs(rankZ) < suspectZ) return undefined
  const [before, now] = [median(means.slice(0, at)), median(means.slice(at))]
  const z = apart ? Math.sign(rankZ) * Math.max(Math.abs(rankZ), zOfChance(2 / chosen(means.length, at))) : rankZ
  const ratio = timeRatio(before, now)
  const matters = Math.max(ratio, 1 / ratio) >= leastRatio && Math.abs(now - before) >= leastDifference
  return { at, z, before, now, matters }
}

const fewestMore = 5
const leastShareRatio = 1.5
const leastShare = 0.05

/**
 * Where the share of failures moved: the split with the largest signed root of the deviance (Wilks, 1938) of two binomial shares against
 * one, with five failures at least on the side with more, since with fewer the root is not nearly normal.
 */
export function changeOfShares(means: readonly number[], size: number): SeriesChange | undefined {
  const n = means.length * size
  const total = sum(means) * size
  if (total < fewestMore - 0.5) return undefined
  let found: SeriesChange | undefined
  let failures = 0
  for (let at = 1; at <= means.length - fewestSide; at++) {
    failures += means[at - 1]! * size
    if (at < fewestSide) continue
    const [nBefore, nNow, later] = [at * size, n - at * size, total - failures]
    const [before, now] = [failures / nBefore, later / nNow]
    if ((now > before ? later : failures) < fewestMore - 0.5) continue
    const deviance = 2 * (logLikelihood(failures, nBefore) + logLikelihood(later, nNow) - logLikelihood(total, n))
    const z = Math.sign(now - before) * Math.sqrt(Math.max(0, deviance))
    if (found !== undefined && Math.abs(z) <= Math.abs(found.z)) continue
    const ratio = shareRatio(before, now, n)
    const matters = Math.max(ratio, 1 / ratio) >= leastShareRatio && Math.abs(now - before) >= leastShare
    found = { at, z, before, now, matters }
  }
  return found
}

/**
 * Whether a queue grows or shrinks: its length at the end less that at the start, against what a queue without direction comes to in as
 * many steps of that size. A length hangs on the one before it, so that lengths themselves cannot be compared by their ranks.
 */
export function changeOfQueue(lengths: readonly number[], least: number): SeriesChange | undefined {
  if (lengths.length < 2 * fewestSide) return undefined
  let squares = 0
  for (let at = 1; at < lengths.length; at++) squares += (lengths[at]! - lengths[at - 1]!) ** 2
  const z = squares === 0 ? 0 : (lengths.at(-1)! - lengths[0]!) / Math.sqrt(squares)
  if (Math.abs(z) < suspectZ) return undefined
  const half = lengths.length >> 1
  const [before, now] = [median(lengths.slice(0, half)), median(lengths.slice(half))]
  const ratio = queueRatio(before, now)
  const matters = Math.max(ratio, 1 / ratio) >= leastShareRatio && Math.abs(now - before) >= least
  return { at: half, z, before, now, matters }
}

/** Times of 0 are below what a clock can tell: nothing is said of them. */
export function timeRatio(before: number, now: number): number {
  return before > 0 && now > 0 ? now / before : 1
}

/** Half a failure of so many more on both sides: a share may be 0. */
export function shareRatio(before: number, now: number, values: number): number {
  return (now + 0.5 / values) / (before + 0.5 / values)
}

/** An empty queue is counted as one operation. */
export function queueRatio(before: number, now: number): number {
  return Math.max(1, now) / Math.max(1, before)
}

/** Whether every value from a place on is above every one before it, or below. */
function isApart(means: readonly number[], at: number): boolean {
  let [lowBefore, highBefore, low, high] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let index = 0; index < means.length; index++) {
    const mean = means[index]!
    if (index < at) {
      if (mean < lowBefore) lowBefore = mean
      if (mean > highBefore) highBefore = mean
    } else {
      if (mean < low) low = mean
      if (mean > high) high = mean
    }
  }
  return highBefore < low || high < lowBefore
}

/** Whether the means on both sides of any split are so far apart that ranks are worth the time. */
function differs(means: readonly number[]): boolean {
  const n = means.length
  const all = sum(means)
  let before = 0
  for (let at = 1; at <= n - fewestSide; at++) {
    before += means[at - 1]!
    if (at < fewestSide) continue
    const [low, high] = [before / at, (all - before) / (n - at)]
    if (high > low * screened || low > high * screened) return true
  }
  return false
}

function sum(values: readonly number[]): number {
  let total = 0
  for (const value of values) total += value
  return total
}

function logLikelihood(hits: number, of: number): number {
  return times(hits, hits / of) + times(of - hits, 1 - hits / of)
}

/** `0 × ln 0` is 0 here. */
function times(count: number, share: number): number {
  return share <= 0 ? 0 : count * Math.log(share)
}

/** In how many ways so many of n can be chosen. */
function chosen(n: number, count: number): number {
  let ways = 1
  for (let taken = 1; taken <= count; taken++) ways *= (n - count + taken) / taken
  return ways
}

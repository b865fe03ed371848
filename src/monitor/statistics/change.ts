import { median } from '../histogram/quantile.js'
import { medianRatio, type MedianRatio } from './medianRatio.js'

/** How times changed between two samples. */
export type Change =
  | ({ readonly verdict: 'slower' | 'faster' | 'same'; readonly beforeMs: number; readonly afterMs: number } & MedianRatio)
  /** Fewer than five on a side: nothing can be said. */
  | { readonly verdict: 'too-few'; readonly before: number; readonly after: number }

/** With fewer values the interval of a median is wider than all of them. */
export const fewestValues = 5

const clearOf = 1.03
const leastRatio = 1.05
const leastMs = 5

/**
 * Decides whether times became slower: the 97 % interval of the ratio of their medians lies above 1.03, and the medians are at least 5 %
 * and at least 5 ms apart. Faster is the reverse; otherwise no difference was found.
 *
 * @example
 * ```ts
 * import { changeOf } from 'millrace/report'
 * changeOf([100, 104, 98, 101, 99], [131, 125, 128, 133, 127]).verdict // => 'slower'
 * changeOf([100, 104, 98], [131, 125, 128]).verdict // => 'too-few'
 * ```
 * @since 0.1.0
 */
export function changeOf(before: readonly number[], after: readonly number[], seed = 1): Change {
  if (before.length < fewestValues || after.length < fewestValues) return { verdict: 'too-few', before: before.length, after: after.length }
  const [beforeMs, afterMs] = [median(before), median(after)]
  const bounds = medianRatio(before, after, seed)
  const { ratio, low, high } = bounds
  const apart = Math.abs(afterMs - beforeMs) >= leastMs
  const verdict =
    apart && low > clearOf && ratio >= leastRatio ? 'slower' : apart && high < 1 / clearOf && ratio <= 1 / leastRatio ? 'faster' : 'same'
  return { verdict, beforeMs, afterMs, ...bounds }
}

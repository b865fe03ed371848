/** Counts of positive numbers in buckets whose bounds grow by 2^(1/8): 4 KB, whatever it counts. */
export interface Histogram {
  record(value: number): void
  /** Adds everything another histogram counted. */
  merge(other: Histogram): void
  readonly count: number
  readonly sum: number
  /** Exact. 0 while nothing is counted. */
  readonly min: number
  readonly max: number
  /** The value of rank ⌈q × count⌉, at most 4.4 % off; 0 while nothing is counted. */
  quantile(q: number): number
  toJSON(): HistogramData
}

/** A histogram as JSON: the buckets in use, from `first` on. */
export interface HistogramData {
  readonly first: number
  readonly counts: readonly number[]
  readonly sum: number
  readonly min: number
  readonly max: number
}

const perOctave = 8
/** 64 octaves: for ms, from a nanosecond to five centuries. */
export const bucketCount = 512
const lowestExponent = -20
const growth = 2 ** (1 / perOctave)

/**
 * Makes an empty histogram, or one of what another had counted.
 *
 * A quantile is at most 4.4 % off, since a bucket's bounds are 9.05 % apart and its middle `2γ^i ÷ (γ + 1)` is told (DDSketch,
 * Masson, Rim and Lee, 2019). A value of 2^-20 or less counts as 0, one above 2^44 as 2^44.
 *
 * @example
 * ```ts
 * import { histogram } from 'millrace/report'
 * const waits = histogram()
 * for (let ms = 1; ms <= 1000; ms++) waits.record(ms)
 * Math.abs(waits.quantile(0.95) - 950) < 0.044 * 950 // => true
 * waits.count // => 1000
 * ```
 * @since 0.1.0
 */
export function histogram(from?: HistogramData): Histogram {
  const buckets = new Float64Array(bucketCount)
  let count = 0
  let sum = 0
  let min = Infinity
  let max = -Infinity

  const add = ({ first, counts, ...other }: HistogramData): void => {
    counts.forEach((more, place) => {
      buckets[first + place]! += more
      count += more
    })
    if (counts.length === 0) return
    sum += other.sum
    min = Math.min(min, other.min)
    max = Math.max(max, other.max)
  }
  if (from !== undefined) add(from)

  return {
    record(value) {
      buckets[bucketOf(value)]!++
      count++
      sum += value
      if (value < min) min = value
      if (value > max) max = value
    },
    merge: (other) => add(other.toJSON()),
    get count() {
      return count
    },
    get sum() {
      return sum
    },
    get min() {
      return count === 0 ? 0 : min
    },
    get max() {
      return count === 0 ? 0 : max
    },
    quantile(q) {
      if (count === 0) return 0
      const rank = Math.max(1, Math.ceil(q * count))
      if (rank === count) return max
      let bucket = 0
      for (let seen = buckets[0]!; seen < rank; seen += buckets[bucket]!) bucket++
      return Math.min(max, Math.max(min, middleOf(bucket)))
    },
    toJSON() {
      const first = buckets.findIndex((many) => many > 0)
      const counts = first < 0 ? [] : Array.from(buckets.subarray(first, buckets.findLastIndex((many) => many > 0) + 1))
      return { first: Math.max(0, first), counts, sum, min: this.min, max: this.max }
    },
  }
}

function bucketOf(value: number): number {
  const bucket = Math.floor(Math.log2(value) * perOctave) - lowestExponent * perOctave
  // The logarithm of 0 is below every bucket, that of Infinity above.
  return bucket > 0 ? Math.min(bucket, bucketCount - 1) : 0
}

function middleOf(bucket: number): number {
  return bucket === 0 ? 0 : (2 * growth * 2 ** (bucket / perOctave + lowestExponent)) / (growth + 1)
}

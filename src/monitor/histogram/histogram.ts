// monitor/histogram: distributions of durations: a mergeable histogram and a bounded sample.
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
/** What the exponent of a stored number is counted from (IEEE 754). */
const exponentBias = 1_023
const growth = 2 ** (1 / perOctave)
const at = { sum: 0, min: 1, max: 2 } as const

/**
 * Makes an empty histogram, or one from the data of another.
 *
 * A quantile is at most 4.4 % off, because the bounds of a bucket are 9.05 % apart and a quantile is its middle, `2γ^i ÷ (γ + 1)`
 * (DDSketch, Masson, Rim and Lee, 2019). A value of 2^-20 or less counts as 0, one above 2^44 as 2^44.
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
  // In a typed array: a number with a fraction that a closure holds is a new object each time it changes.
  const totals = new Float64Array([0, Infinity, -Infinity])
  let count = 0

  const add = ({ first, counts, sum, min, max }: HistogramData): void => {
    counts.forEach((more, place) => {
      buckets[first + place]! += more
      count += more
    })
    if (counts.length === 0) return
    totals[at.sum]! += sum
    totals[at.min] = Math.min(totals[at.min]!, min)
    totals[at.max] = Math.max(totals[at.max]!, max)
  }
  if (from !== undefined) add(from)

  return {
    record(value) {
      buckets[bucketOf(value)]!++
      count++
      totals[at.sum]! += value
      if (value < totals[at.min]!) totals[at.min] = value
      if (value > totals[at.max]!) totals[at.max] = value
    },
    merge: (other) => add(other.toJSON()),
    get count() {
      return count
    },
    get sum() {
      return totals[at.sum]!
    },
    get min() {
      return count === 0 ? 0 : totals[at.min]!
    },
    get max() {
      return count === 0 ? 0 : totals[at.max]!
    },
    quantile(q) {
      if (count === 0) return 0
      const rank = Math.max(1, Math.ceil(q * count))
      if (rank === count) return this.max
      let bucket = 0
      for (let seen = buckets[0]!; seen < rank; seen += buckets[bucket]!) bucket++
      return Math.min(this.max, Math.max(this.min, middleOf(bucket)))
    },
    toJSON() {
      const first = buckets.findIndex((many) => many > 0)
      const counts = first < 0 ? [] : Array.from(buckets.subarray(first, buckets.findLastIndex((many) => many > 0) + 1))
      return { first: Math.max(0, first), counts, sum: this.sum, min: this.min, max: this.max }
    },
  }
}

/** Where within an octave each bucket but the first begins. */
const bounds = Float64Array.from({ length: perOctave - 1 }, (_, place) => 2 ** ((place + 1) / perOctave))
const bits = new DataView(new ArrayBuffer(8))

/** ⌊8 log₂ value⌋, from the exponent and the fraction of the number as it is stored: a logarithm costs five times as much. */
function bucketOf(value: number): number {
  bits.setFloat64(0, value)
  const head = bits.getInt32(0)
  const octave = (head >> 20) - exponentBias - lowestExponent
  // 0 and what is negative is below every bucket, Infinity and NaN above.
  if (octave < 0) return 0
  if (octave >= bucketCount / perOctave) return bucketCount - 1
  bits.setInt32(0, (head & 0xfffff) | (exponentBias << 20))
  const fraction = bits.getFloat64(0)
  let place = fraction < bounds[3]! ? 0 : 4
  if (fraction >= bounds[place + 1]!) place += 2
  if (fraction >= bounds[place]!) place++
  return octave * perOctave + place
}

function middleOf(bucket: number): number {
  return bucket === 0 ? 0 : (2 * growth * 2 ** (bucket / perOctave + lowestExponent)) / (growth + 1)
}

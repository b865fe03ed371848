import type { BatchEvent } from '../../src/index.js'

/** What a run came to, as a program that wants figures adds it up by itself. */
export interface HandFigures {
  readonly states: { readonly pending: number; readonly ready: number; readonly running: number; readonly succeeded: number }
  /** Σ over time of how many were in each state, and of the slots that were free. */
  readonly areasMs: { readonly pending: number; readonly ready: number; readonly running: number; readonly free: number }
  readonly waitP95Ms: number
  readonly runP95Ms: number
}

const perOctave = 8
const lowest = -20 * perOctave
const everyMs = 250

/**
 * The counts, areas and histograms that `monitor()` keeps, written for a run of one type of operation in which all succeed. It has
 * no retries, failures, pools, weights or children, knows nobody by name, and looks at its figures four times a second as the
 * monitor does.
 */
export function handMeter(operations: number, concurrency: number) {
  let [pending, ready, running, succeeded] = [operations, 0, 0, 0]
  let [pendingMs, readyMs, runningMs, freeMs] = [0, 0, 0, 0]
  let [at, sampledAt] = [NaN, NaN]
  const [waits, runs] = [new Float64Array(512), new Float64Array(512)]

  const figures = (): HandFigures => ({
    states: { pending, ready, running, succeeded },
    areasMs: { pending: pendingMs, ready: readyMs, running: runningMs, free: freeMs },
    waitP95Ms: quantile(waits, succeeded, 0.95),
    runP95Ms: quantile(runs, succeeded, 0.95),
  })
  let latest = figures()

  const advance = (to: number): void => {
    const ms = to - at
    at = to
    // Not at the first event.
    if (!(ms > 0)) return
    pendingMs += pending * ms
    readyMs += ready * ms
    runningMs += running * ms
    freeMs += (concurrency - running) * ms
  }

  return {
    latest: () => latest,
    observe(event: BatchEvent): void {
      advance(event.at)
      if (event.type === 'operation-ready') {
        pending--
        ready++
      } else if (event.type === 'attempt-started') {
        ready--
        running++
      } else if (event.type === 'operation-succeeded') {
        running--
        succeeded++
        waits[bucketOf(event.waitedMs)]!++
        runs[bucketOf(event.durationMs)]!++
      }
      if (event.at - sampledAt < everyMs && succeeded < operations) return
      latest = figures()
      sampledAt = event.at
    },
  }
}

/** Buckets whose bounds grow by 2^(1/8), as those of the monitor do. */
function bucketOf(ms: number): number {
  const bucket = Math.floor(Math.log2(ms) * perOctave) - lowest
  return bucket > 0 ? Math.min(bucket, 511) : 0
}

/** The middle of the bucket that holds the value of this rank. */
function quantile(buckets: Float64Array, count: number, q: number): number {
  let bucket = 0
  for (let seen = buckets[0]!; seen < Math.ceil(q * count); seen += buckets[bucket]!) bucket++
  return bucket === 0 ? 0 : 2 ** ((bucket + 0.5 + lowest) / perOctave)
}

import type { Eta } from '../../model/metrics/metrics.js'
import type { MeterState } from './meterState.js'

const fewest = 5
/** Two-sided 90 % of the normal distribution. */
const z90 = 1.6449

/**
 * How long until the end, if the rest takes what ended operations took, on as many slots as were used so far.
 *
 * The work left is a sum of R times: its mean is R × m, its variance R × s² for the times themselves and R² × s² ÷ n for m, which n of
 * them gave. On c slots it takes at least a c-th of that, and at most (1 − 1/c) of one long operation more, while the others are done
 * already (Graham, 1966). Absent before five have ended, and for a stream.
 */
export function etaOf(state: MeterState, makespanMs: number): Eta | undefined {
  const { occupancy, total, worked, workedMs, workedSquares } = state
  const left = total - state.succeeded - state.failed - state.skipped - state.cancelled
  if (state.streamed || left <= 0 || worked < fewest || makespanMs <= 0 || occupancy.workMs <= 0) return undefined
  const mean = workedMs / worked
  const variance = Math.max(0, (workedSquares - worked * mean * mean) / (worked - 1))
  const atOnce = Math.max(1, Math.min(occupancy.workMs / makespanMs, left))
  // Of the operations that are running, a part is done already.
  const doneMs = Math.max(0, occupancy.workMs - workedMs)
  const evenMs = Math.max(0, left * mean - doneMs) / atOnce
  const spreadMs = (z90 * Math.sqrt(left * variance + (left * left * variance) / worked)) / atOnce
  const tail = 1 - 1 / atOnce
  return {
    leftMs: evenMs + (tail * mean) / 2,
    lowMs: Math.max(0, evenMs - spreadMs),
    highMs: evenMs + spreadMs + tail * (mean + z90 * Math.sqrt(variance)),
  }
}

import type { LittlesLaw } from '../../model/metrics/metrics.js'
import type { MeterState } from './meterState.js'

/**
 * `L = λ × W` (Little, 1961): what the clock of the events integrated, against what the terminal events say of themselves. The two
 * are counted apart, so a lost event, a wrong duration or a clock that jumped shows as a ratio other than 1.
 */
export function littlesLawOf({ occupancy, endedReady, timeInSystemMs }: MeterState, elapsedMs: number): LittlesLaw | undefined {
  if (endedReady === 0 || elapsedMs <= 0 || occupancy.inSystemMs <= 0) return undefined
  const inSystem = occupancy.inSystemMs / elapsedMs
  const endedPerMs = endedReady / elapsedMs
  const meanMs = timeInSystemMs / endedReady
  return { inSystem, endedPerMs, timeInSystemMs: meanMs, ratio: (endedPerMs * meanMs) / inSystem }
}

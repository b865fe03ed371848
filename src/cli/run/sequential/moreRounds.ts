import { fewestValues } from '../../../monitor/statistics/change.js'
import { medianRatio } from '../../../monitor/statistics/medianRatio.js'

/** Why no further round is run. */
export type RoundsEnd = 'as-asked' | 'narrow' | 'budget'

/** How many rounds there are at most where nobody says how many, and after how long none begins any more. */
const most = { rounds: 30, ms: 300_000 }
/** The two ends of the interval may be so far apart that one is a tenth more than the other. */
const narrow = 1.1

/** What was measured up to now: as many runs of each kind. */
export interface Measured {
  readonly batchMs: readonly number[]
  readonly sequentialMs: readonly number[]
  /** Since the first run began. */
  readonly elapsedMs: number
}

/**
 * Whether the rounds are enough, and why; undefined for another one.
 *
 * `asked` rounds are run where somebody said how many. Otherwise five at least, until the interval of the speed-up is narrow or the budget is
 * spent: 30 rounds, or five minutes.
 */
export function roundsEnd(asked: number | undefined, { batchMs, sequentialMs, elapsedMs }: Measured): RoundsEnd | undefined {
  const rounds = batchMs.length
  if (asked !== undefined) return rounds >= asked ? 'as-asked' : undefined
  if (rounds < fewestValues) return undefined
  const { low, high } = medianRatio(batchMs, sequentialMs)
  if (high <= narrow * low) return 'narrow'
  return rounds >= most.rounds || elapsedMs >= most.ms ? 'budget' : undefined
}

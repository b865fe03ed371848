import type { RunRecord } from '../history/runRecord.js'
import type { Advice, Rule } from './advice.js'
import { criticalPathAdvice } from './criticalPathAdvice.js'
import { limitTooLow } from './limitTooLow.js'
import { nothingBatched, successRateLow, tooFewToGain } from './plainCases.js'
import { retryWaste } from './retryWaste.js'
import { timeoutTooTight } from './timeoutTooTight.js'
import { waitCause } from './waitCause.js'

const rules: readonly Rule[] = [
  nothingBatched,
  tooFewToGain,
  successRateLow,
  limitTooLow,
  criticalPathAdvice,
  waitCause,
  retryWaste,
  timeoutTooTight,
]

/**
 * Derives advice from a run on how to run its plan: each claim with its numbers, what the next run should show, and how to check it.
 *
 * Returns nothing if there are too few data. `plan` is the file, for the commands.
 *
 * @example
 * ```ts
 * import { firstValueFrom, toArray } from 'rxjs'
 * import { runBatch } from 'millrace'
 * import { adviceFor, recordOf, shapeHash } from 'millrace/report'
 * const about = { shape: shapeHash({ operations: [] }), cpus: 2, nodeMajor: 20 }
 * const record = recordOf(await firstValueFrom(runBatch([]).pipe(toArray())), about)!
 * adviceFor(record, 'plan.json').map(({ claim }) => claim) // => ['This run had no operations.']
 * ```
 * @see {@link scoreAdvice} for whether it was right
 * @since 0.1.0
 */
export function adviceFor(run: RunRecord, plan: string): readonly Advice[] {
  return rules.flatMap((rule) => rule(run, plan) ?? [])
}

import { runMetric } from '../history/runMetric.js'
import type { RunRecord } from '../history/runRecord.js'
import type { Advice } from './advice.js'

/** Whether a later run showed what an advice predicted; `not-tested` if it could not. */
export type AdviceScore = 'hit' | 'miss' | 'not-tested'

/**
 * Checks an advice against a later run of the same plan.
 *
 * A run under other conditions than those it was given for, such as another concurrency, does not test it.
 *
 * @example
 * ```ts
 * import { firstValueFrom, toArray } from 'rxjs'
 * import { runBatch } from 'millrace'
 * import { recordOf, scoreAdvice, type Advice } from 'millrace/report'
 * const conditions = { shape: '', concurrency: 6, cpus: 2, nodeMajor: 20 }
 * const advice: Advice = {
 *   id: 'limit-too-low',
 *   claim: 'With 6 at once it takes less than a minute.',
 *   evidence: { concurrency: 2 },
 *   predicted: { metric: 'makespanMs', low: 0, high: 60_000 },
 *   conditions,
 *   check: 'millrace run plan.yaml --concurrency 6',
 * }
 * const next = recordOf(await firstValueFrom(runBatch([]).pipe(toArray())), conditions)
 * next && scoreAdvice(advice, next) // => 'hit'
 * ```
 * @since 0.1.0
 */
export function scoreAdvice({ predicted, conditions }: Advice, next: RunRecord): AdviceScore {
  const { shape, concurrency, cpus, nodeMajor } = conditions
  const alike = next.shape === shape && next.concurrency === concurrency && next.cpus === cpus && next.nodeMajor === nodeMajor
  if (predicted === undefined || !alike) return 'not-tested'
  const value = runMetric(predicted.metric)?.of(next)
  if (value === undefined) return 'not-tested'
  return predicted.low <= value && value <= predicted.high ? 'hit' : 'miss'
}

/**
 * The share of hits among the scores that tested anything, from 0 to 1; undefined when none did.
 *
 * @example
 * ```ts
 * import { hitRate } from 'millrace/report'
 * hitRate(['hit', 'miss', 'not-tested']) // => 0.5
 * ```
 * @since 0.1.0
 */
export function hitRate(scores: readonly AdviceScore[]): number | undefined {
  const tested = scores.filter((score) => score !== 'not-tested')
  return tested.length === 0 ? undefined : tested.filter((score) => score === 'hit').length / tested.length
}

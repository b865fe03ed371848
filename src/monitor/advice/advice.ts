// monitor/advice: what to change about a plan, with evidence and a prediction that the next run checks.
import type { RunRecord } from '../history/runRecord.js'

/** The kinds of advice. */
export type AdviceId =
  | 'limit-too-low'
  | 'critical-path'
  | 'wait-cause'
  | 'retry-waste'
  | 'timeout-too-tight'
  | 'nothing-batched'
  | 'too-few-to-gain'
  | 'success-rate-low'

/** What the next run should show, if the advice is right. */
export interface Prediction {
  /** As `trendOf` knows it. */
  readonly metric: string
  readonly low: number
  readonly high: number
}

/** Advice from one run on how to run the plan, as data that the next run can prove wrong. */
export interface Advice {
  readonly id: AdviceId
  /** One sentence, with its number. */
  readonly claim: string
  /** The figures of the run that it was drawn from. */
  readonly evidence: { readonly [figure: string]: number | string }
  /** Absent when there is nothing a run could show. */
  readonly predicted?: Prediction
  /** What the run must be like that can check it. */
  readonly conditions: Pick<RunRecord, 'shape' | 'concurrency' | 'cpus' | 'nodeMajor'>
  /** The command that checks it; in words, where none is known that would run the same again. */
  readonly check: string
}

/** One reason to give advice: silent when it does not apply, or when the data are too few to say so. */
export type Rule = (run: RunRecord, plan: string) => Advice | undefined

export function conditionsOf({ shape, cpus, nodeMajor, concurrency }: RunRecord, at = concurrency): Advice['conditions'] {
  return { shape, concurrency: at, cpus, nodeMajor }
}

/** More than this share of the ended operations failed. Evaluated from 10 operations on, and at the end of the run. */
export interface FailureRateRule {
  readonly type: 'failure-rate'
  /** From 0 to 1. */
  readonly above: number
}

/** The p95 of an operation type is above this. Evaluated from 20 successes on, and at the end of the run. */
export interface P95Rule {
  readonly type: 'p95'
  /** `shell.run` */
  readonly operation: string
  readonly aboveMs: number
}

/** No event at all for this long. */
export interface StalledRule {
  readonly type: 'stalled'
  readonly forMs: number
}

/** No operation ended for this long, whatever other events came. */
export interface NoProgressRule {
  readonly type: 'no-progress'
  readonly forMs: number
}

/** More than this share of the recent attempts were retries. Evaluated from 10 attempts on. */
export interface RetryStormRule {
  readonly type: 'retry-storm'
  /** From 0 to 1. */
  readonly above: number
  /** How far back "lately" reaches. */
  readonly withinMs: number
}

/** When to raise an alert, as data. */
export type AlertRule = FailureRateRule | P95Rule | StalledRule | NoProgressRule | RetryStormRule

/** A rule whose condition holds, with its numbers. */
export type Alert =
  | (FailureRateRule & { readonly failed: number; readonly ended: number; readonly rate: number })
  | (P95Rule & { readonly p95Ms: number; readonly count: number })
  | (StalledRule & { readonly silentMs: number; readonly running: number })
  | (NoProgressRule & { readonly sinceMs: number; readonly running: number; readonly ready: number })
  | (RetryStormRule & { readonly retries: number; readonly attempts: number; readonly rate: number })

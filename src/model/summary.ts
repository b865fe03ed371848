import type { Usage } from './usage.js'
import type { CancelCause } from './outcome.js'
import type { OperationError } from './operationError.js'

/** The number of operations by outcome. */
export interface OutcomeCounts {
  readonly total: number
  readonly succeeded: number
  readonly failed: number
  readonly skipped: number
  readonly cancelled: number
}

/** An operation that failed by itself, and how many were skipped because of it. */
export interface RootCause {
  readonly id: string
  readonly error: OperationError
  readonly blocked: number
}

/** What stopped a run before all its operations had ended. */
export type StopCause =
  | Exclude<CancelCause, { readonly type: 'parent' | 'service' }>
  | { readonly type: 'no-new'; readonly because: readonly string[] }
  /** The event log could not be written, and was asked to outlive a power cut. */
  | { readonly type: 'journal'; readonly error: OperationError }
  /** The source of a stream of operations failed. */
  | { readonly type: 'source'; readonly error: OperationError }

/** The result of a rollback. */
export interface RollbackSummary {
  readonly undone: number
  /** Operations whose effects remain, because their undo failed. */
  readonly failed: readonly string[]
  /** Operations whose effects remain, because they have no undo. */
  readonly notUndoable: readonly string[]
}

/** The summary of a finished run. */
export interface Summary {
  readonly runId: string
  readonly name?: string
  /** Nothing failed, nothing was cancelled, and nothing was skipped because of a failure. */
  readonly ok: boolean
  readonly counts: OutcomeCounts
  /** Epoch ms, fractional. */
  readonly startedAt: number
  readonly finishedAt: number
  /** First start to last end, in ms. */
  readonly makespanMs: number
  /** Σ durations of all attempts, in ms. */
  readonly workMs: number
  readonly concurrency: number
  /** Attempts in all, and those of them that were retries. */
  readonly attempts: number
  readonly retries: number
  /** Failures that the plan's `retryBudget` kept from being tried again; absent when there were none. */
  readonly retriesRefused?: number
  /** The first 1,000 operations that failed, in the order they did. */
  readonly rootCauses: readonly RootCause[]
  /** Failed operations beyond the first 1,000. */
  readonly rootCausesOmitted: number
  /** What language models used, summed over all attempts; absent where nothing reported any. */
  readonly usage?: Usage
  /** Operations whose body ignored the abort and is possibly still running. */
  readonly detached: readonly string[]
  readonly stoppedBy?: StopCause
  /** What `onFailure: rollback` took back, when it had to. */
  readonly rollback?: RollbackSummary
}

import type { OperationError } from './operationError.js'

/** Why a skipped operation was not started. */
export type SkipReason =
  /** A failure upstream: the run is not ok. */
  | 'dependency'
  /** Its own condition did not hold, or that of one it needs: the run stays ok. */
  | 'gate'
  /** The run starts nothing more after a failure. */
  | 'policy'

/** What cancelled an operation. */
export type CancelCause =
  /** The caller's signal, `cancel()` or SIGINT. */
  | { readonly type: 'signal'; readonly message: string }
  /** The run took longer than the plan's `timeoutMs`. */
  | { readonly type: 'run-timeout'; readonly timeoutMs: number }
  /** The operation it was part of was stopped. */
  | { readonly type: 'parent'; readonly id: string }
  /** A service that it depends on ended too early. */
  | { readonly type: 'service'; readonly id: string }
  /** `onFailure: cancel` or `rollback`, after these operations failed. */
  | { readonly type: 'policy'; readonly because: readonly string[] }

/** How an operation ended. */
export type Outcome<A = unknown> =
  | { readonly type: 'succeeded'; readonly value: A }
  | { readonly type: 'failed'; readonly error: OperationError }
  | { readonly type: 'skipped'; readonly reason: SkipReason; readonly because: readonly string[] }
  | { readonly type: 'cancelled'; readonly cause: CancelCause }

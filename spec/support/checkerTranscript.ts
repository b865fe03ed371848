import type { BatchEvent } from '../../src/model/event.js'
import type { OnFailure, Priority, RetryPolicy, When } from '../../src/model/plan.js'

/** A plan as the checker reads it: the very data that was run. */
export interface PlanData {
  readonly name?: string
  readonly concurrency: number
  readonly onFailure: OnFailure
  readonly timeoutMs?: number
  readonly pools?: { readonly [name: string]: number | PoolData }
  readonly retryBudget?: number
  readonly inferDependencies?: boolean
  readonly operations: readonly OperationData[]
}

export interface PoolData {
  readonly limit?: number
  readonly perSecond?: number
  readonly burst?: number
}

export interface OperationData {
  readonly id: string
  readonly type: string
  readonly operation: string
  readonly params?: { readonly [name: string]: unknown }
  readonly dependencies?: readonly string[]
  readonly when?: When
  readonly priority?: Priority
  readonly weight?: number
  readonly pool?: string
  readonly timeoutMs?: number
  readonly retry?: RetryPolicy
  readonly fallback?: unknown
  readonly undo?: { readonly type: string; readonly operation: string; readonly timeoutMs?: number }
}

/** How a body ended by itself, or that it ended because it was told to. */
export type BodyEnd =
  { readonly type: 'gave'; readonly value: unknown } | { readonly type: 'threw'; readonly error: unknown } | { readonly type: 'obeyed' }

/**
 * What happened around a run, in the order it did: what the run told, and beside it what those it told it about saw themselves.
 *
 * `now` is the time of the scheduler at that moment.
 */
export type Entry =
  | { readonly type: 'told'; readonly event: BatchEvent }
  | { readonly type: 'body-began'; readonly id: string; readonly attempt: number; readonly params: unknown; readonly now: number }
  | { readonly type: 'body-aborted'; readonly id: string; readonly now: number }
  | { readonly type: 'body-ended'; readonly id: string; readonly end: BodyEnd; readonly now: number }
  | { readonly type: 'undo-registered'; readonly id: string; readonly step: number }
  | { readonly type: 'undo-began'; readonly id: string; readonly step: number; readonly now: number }
  | { readonly type: 'undo-ended'; readonly id: string; readonly step: number; readonly ok: boolean }
  /** From here on this many slots. */
  | { readonly type: 'limit'; readonly limit: number }
  /** The caller's signal is aborted from here on. */
  | { readonly type: 'signal'; readonly message: string }
  /** The subscriber left. */
  | { readonly type: 'left' }
  /** Nothing more happens by itself until time passes, a body ends, or the caller does something. */
  | { readonly type: 'quiet'; readonly now: number }
  /** The very end: what the run still holds. */
  | { readonly type: 'over'; readonly timers: number; readonly listeners: number }

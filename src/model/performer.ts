import type { OperationError } from './operationError.js'
import type { TraceContext } from './text/traceIds.js'
import type { AttemptContext } from './work.js'

/** An operation that can be performed elsewhere, as a performer sees it before its attempts. */
export interface PlacedOperation {
  readonly id: string
  readonly type: string
  readonly operation: string
  /** Where the plan wants it performed; absent where the plan does not say. */
  readonly place?: string
}

/** One attempt as data: everything another process needs to perform it. */
export interface PlacedAttempt extends PlacedOperation {
  /** `runId/id/attempt`, of which there is one in the world; an undo has `undo` in the place of the number. */
  readonly key: string
  readonly runId: string
  /** 1 for the first. */
  readonly attempt: number
  /** Encoded by the codec of the operation type, with references resolved. They can hold secrets. */
  readonly params: unknown
  /** The secrets of the run, and those of single operations that stand in `params`. Mask them in a text before you cut or quote it. */
  readonly secrets: readonly string[]
  /** The trace that the run is part of. Pass it on with each request and to each program. */
  readonly trace?: TraceContext
  /** Longest time from `placed` to its end. The run holds to it too: this is for one that can be reached no more. */
  readonly timeoutMs?: number
  /** Whether the operation can be performed twice. */
  readonly repeatable: boolean
}

/** What an attempt that is performed elsewhere receives from its run. */
export interface PlacedContext extends Pick<AttemptContext, 'output' | 'progress' | 'emit' | 'room'> {
  /** Aborted on timeout, cancel and unsubscribe. The attempt must have ended completely when its promise settles. */
  readonly signal: AbortSignal
  /**
   * Call it when the attempt has left the queue and begins on this worker: emits `attempt-placed`. The time until then counts as waiting,
   * and `timeoutMs` counts from here. Further calls do nothing.
   */
  readonly placed: (worker: string) => void
}

/**
 * Performs attempts outside the process of their run.
 *
 * A run calls `takes` for each attempt at an operation type, and hands over those it returns `true` for. It never asks about functions, or
 * about operations that start others.
 */
export interface Performer {
  takes(operation: PlacedOperation): boolean
  /** Resolves to the result, encoded by the codec of the operation type; rejects with an `OperationFailure` or any other error. */
  perform(attempt: PlacedAttempt, context: PlacedContext): PromiseLike<unknown>
}

/** The failure of an attempt whose worker is gone. */
export function workerLost(worker: string, repeatable: boolean): OperationError {
  const message = repeatable
    ? `The worker ${worker} was lost during this attempt. The operation is tried again.`
    : `The worker ${worker} was lost during this attempt, and its effect is unknown. Check it, then retry; "repeatable": true retries it automatically.`
  return { type: 'worker-lost', message, retryable: repeatable, worker }
}

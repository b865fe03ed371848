import type { BatchEvent, TerminalEvent } from '../../model/event.js'
import type { OperationError } from '../../model/operationError.js'
import type { CancelCause, SkipReason } from '../../model/outcome.js'

interface About<S extends string> {
  readonly id: string
  /** The operation that added it, for a child. */
  readonly parent?: string
  readonly state: S
}

interface Ended<S extends string> extends About<S> {
  /** Time its attempts took, in ms. */
  readonly durationMs: number
  readonly attempts: number
}

/** One operation at one moment: a union on `state`. Times are epoch ms. */
export type OperationSnapshot =
  /** It failed and will be tried again. Operations that wait for others are only counted. */
  | (About<'waiting'> & { readonly attempt: number; readonly error: OperationError; readonly retryAt: number })
  | (About<'ready'> & { readonly since: number })
  | (About<'running'> & { readonly attempt: number; readonly since: number; readonly fraction?: number; readonly message?: string })
  | Ended<'succeeded'>
  | (Ended<'failed'> & { readonly error: OperationError })
  | (About<'skipped'> & { readonly reason: SkipReason; readonly because: readonly string[] })
  | (Ended<'cancelled'> & { readonly cause: CancelCause })

/** What an operation is doing, or how it ended. */
export type OperationState = OperationSnapshot['state']

/** An event that puts an operation into another state. @internal */
export type Turn = TerminalEvent | Extract<BatchEvent, { readonly type: 'operation-ready' | 'attempt-started' | 'attempt-failed' }>

/** The state an event puts its operation into; undefined when it leaves it where it was. @internal */
export function stateAfter(turn: Turn): OperationState | undefined {
  switch (turn.type) {
    case 'operation-ready':
      return 'ready'
    case 'attempt-started':
      return 'running'
    case 'attempt-failed':
      // After the last one comes the end of the operation.
      return turn.retryInMs === undefined ? undefined : 'waiting'
    case 'operation-succeeded':
      return 'succeeded'
    case 'operation-failed':
      return 'failed'
    case 'operation-skipped':
      return 'skipped'
    case 'operation-cancelled':
      return 'cancelled'
  }
}

/** The operation as an event leaves it, frozen. @internal */
export function operationAfter(turn: Turn): OperationSnapshot {
  const operation = stateOf(turn)
  return Object.freeze(turn.parent === undefined ? operation : { ...operation, parent: turn.parent })
}

function stateOf(turn: Turn): OperationSnapshot {
  const { id } = turn
  switch (turn.type) {
    case 'operation-ready':
      return { id, state: 'ready', since: turn.at }
    case 'attempt-started':
      return { id, state: 'running', attempt: turn.attempt, since: turn.at }
    case 'attempt-failed':
      return { id, state: 'waiting', attempt: turn.attempt, error: turn.error, retryAt: turn.at + (turn.retryInMs ?? 0) }
    case 'operation-succeeded':
      return { id, state: 'succeeded', durationMs: turn.durationMs, attempts: turn.attempts }
    case 'operation-failed':
      return { id, state: 'failed', durationMs: turn.durationMs, attempts: turn.attempts, error: turn.error }
    case 'operation-skipped':
      return { id, state: 'skipped', reason: turn.reason, because: turn.because }
    case 'operation-cancelled':
      return { id, state: 'cancelled', durationMs: turn.durationMs, attempts: turn.attempts, cause: turn.cause }
  }
}

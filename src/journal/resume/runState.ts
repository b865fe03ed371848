// journal/resume: what a run came to by its log, and what a run that resumes it takes over, does again or refuses.
import type { ProcessStarted } from '../../model/event.js'
import type { OperationError } from '../../model/operationError.js'
import type { AboutRun } from '../aboutRun.js'

/** The state of an operation, as far as the log of its run goes. */
export type LoggedState = {
  /** The operation it is part of. */
  readonly parent?: string
} & (
  | { readonly type: 'waiting' }
  /** An attempt had started, and its end is not in the log. */
  | { readonly type: 'open'; readonly attempt: number }
  | { readonly type: 'succeeded'; readonly value: unknown; readonly from: string; readonly masked?: true; readonly lossy?: true }
  | { readonly type: 'failed'; readonly error: OperationError; readonly from: string }
  | { readonly type: 'skipped'; readonly reason: 'dependency' | 'gate' | 'policy' }
  | { readonly type: 'cancelled'; readonly attempts: number }
  | { readonly type: 'undone' }
)

/** A program that an attempt started and that has possibly not ended. */
export type LeftProgram = Pick<ProcessStarted, 'id' | 'pid' | 'startedAt'>

/** The state of a run, from its log. */
export interface RunState {
  readonly runId: string
  /** Where its log is. */
  readonly folder: string
  /** What its operations are; undefined when nothing was kept beside the events. */
  readonly about: AboutRun | undefined
  /** By id; an operation that is not here has not started. */
  readonly operations: ReadonlyMap<string, LoggedState>
  /** Its last event is there. */
  readonly finished: boolean
  readonly programs: readonly LeftProgram[]
}

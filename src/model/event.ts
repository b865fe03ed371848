import type { OperationError, ProgramOutput } from './operationError.js'
import type { CancelCause, SkipReason } from './outcome.js'
import type { Summary } from './summary.js'

interface Stamp<T extends string> {
  readonly type: T
  readonly runId: string
  /** 0, 1, 2, … within the run. */
  readonly seq: number
  /** Epoch ms, fractional, never going back. */
  readonly at: number
}

interface About<T extends string> extends Stamp<T> {
  readonly id: string
  /** The operation that added it, for a child. */
  readonly parent?: string
}

/** Edges of a graph, by kind. */
export interface EdgeCounts {
  readonly explicit: number
  readonly reference: number
  readonly effect: number
  readonly order: number
}

/** A run has begun: always its first event. */
export interface RunStarted extends Stamp<'run-started'> {
  readonly name?: string
  /** Operations known at the start: none of a stream's. */
  readonly operations: number
  /** The operations are added while the run goes on. */
  readonly streamed?: true
  readonly concurrency: number
  readonly edges: EdgeCounts
}

/** A streamed operation was added to the run. */
export type OperationAdded = About<'operation-added'>

/** The gate of an operation is open: it waits only for a free slot. */
export interface OperationReady extends About<'operation-ready'> {
  /** The operation type, such as `file.write`. Later events of the operation do not repeat it. */
  readonly name: string
  /** What people see instead of the id. */
  readonly title?: string
  /** It runs beside those that depend on it, from its start until the last of them has ended. */
  readonly service?: true
  /** Slots its attempts take; absent for 1. */
  readonly weight?: number
  /** The pool it draws on as well. */
  readonly pool?: string
}

/** An operation has its slots, and an attempt begins. */
export interface AttemptStarted extends About<'attempt-started'> {
  readonly attempt: number
}

/** The attempt has left the queue, and a worker elsewhere performs it: its `timeoutMs` runs from here. */
export interface AttemptPlaced extends About<'attempt-placed'> {
  readonly attempt: number
  readonly worker: string
  /** How long it was in the queue, in ms: part of `waitedMs`, not of `durationMs`. */
  readonly queuedMs: number
}

/** The running attempt has started a program. If this process is killed, resuming the run ends that program first. */
export interface ProcessStarted extends About<'process-started'> {
  readonly attempt: number
  /** The program leads a process group of this number. */
  readonly pid: number
  /** When it started, as the system says it: a text to compare, since numbers are given again. Absent where no system says it. */
  readonly startedAt?: string
}

/** The progress of the running attempt, as it reports it. */
export interface OperationProgress extends About<'operation-progress'> {
  /** From 0 to 1, if it is known. */
  readonly fraction?: number
  readonly message?: string
}

/** A piece of what a program wrote. */
export interface OperationOutput extends About<'operation-output'> {
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
  /** Bytes that the event log left out before it, which its text says; absent in a run itself. */
  readonly omitted?: number
}

/** A named event of the operation's own type. */
export interface OperationEmitted extends About<'operation-emitted'> {
  readonly name: string
  readonly data: unknown
}

/** An attempt has failed: it is followed by the next one, or by the end of its operation. */
export interface AttemptFailed extends About<'attempt-failed'> {
  readonly attempt: number
  readonly error: OperationError
  /** The delay before the next attempt; absent if there is none. */
  readonly retryInMs?: number
}

/** An operation has its value: a terminal event. */
export interface OperationSucceeded extends About<'operation-succeeded'> {
  readonly value: unknown
  /** Time its attempts took, in ms. */
  readonly durationMs: number
  /** Time it was ready or waited between attempts, in ms. */
  readonly waitedMs: number
  readonly attempts: number
  /** The failure in whose place its `fallback` was taken. */
  readonly recoveredFrom?: OperationError
  /** The operation whose equal read this one shares. */
  readonly sharedWith?: string
  /** The run that performed it: this one resumes that, and took over the value. */
  readonly reusedFrom?: string
  /** A secret is hidden in `value`. Later operations received the real value. */
  readonly masked?: true
  /** Only in JSON: `value` read back is not equal to the original, such as a `Map`. */
  readonly lossy?: true
}

/** The last attempt of an operation has failed: a terminal event. */
export interface OperationFailed extends About<'operation-failed'> {
  readonly error: OperationError
  readonly durationMs: number
  readonly waitedMs: number
  readonly attempts: number
  /** The run in which it failed: this one resumes that, and leaves it as it was. */
  readonly reusedFrom?: string
  /** Its body ignored the abort: it is possibly still running, and its slot stays taken. */
  readonly detached?: true
}

/** An operation will not start: a terminal event. */
export interface OperationSkipped extends About<'operation-skipped'> {
  readonly reason: SkipReason
  /** The operations at the root of it, at most 100. */
  readonly because: readonly string[]
  /** What its own `if` compared: `check.exitCode is 1, not 0`. */
  readonly condition?: string
}

/** An operation was stopped from outside: a terminal event. */
export interface OperationCancelled extends About<'operation-cancelled'> {
  readonly cause: CancelCause
  /** What its last attempt had given out; absent when that was nothing. */
  readonly output?: ProgramOutput
  readonly durationMs: number
  readonly waitedMs: number
  readonly attempts: number
  readonly detached?: true
}

/** An operation was undone by `rollback`. */
export type OperationUndone = About<'operation-undone'>

/** An operation could not be undone by `rollback`, and its effect remains. */
export interface UndoFailed extends About<'undo-failed'> {
  readonly error: OperationError
}

/** The event log could not be written. Later events can be missing from it. */
export interface JournalFailed extends Stamp<'journal-failed'> {
  readonly error: OperationError
}

/** A server asked to wait: no operation of this pool starts until then, and the one it refused is tried again without losing an attempt. */
export interface PoolClosed extends Stamp<'pool-closed'> {
  /** The pool that the plan names, or the origin: `https://api.example.com`. */
  readonly pool: string
  /** Epoch ms. */
  readonly until: number
}

/** A run has ended: exactly once, its last event. */
export interface RunFinished extends Stamp<'run-finished'> {
  readonly summary: Summary
}

/** Everything that happens in a run: a union on `type`. */
export type BatchEvent =
  | RunStarted
  | OperationAdded
  | OperationReady
  | AttemptStarted
  | AttemptPlaced
  | ProcessStarted
  | OperationProgress
  | OperationOutput
  | OperationEmitted
  | AttemptFailed
  | OperationSucceeded
  | OperationFailed
  | OperationSkipped
  | OperationCancelled
  | OperationUndone
  | UndoFailed
  | JournalFailed
  | PoolClosed
  | RunFinished

/** The one event with which an operation ends. */
export type TerminalEvent = OperationSucceeded | OperationFailed | OperationSkipped | OperationCancelled

/** The events of one type. */
export type EventOfType<T extends BatchEvent['type']> = Extract<BatchEvent, { readonly type: T }>

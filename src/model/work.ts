import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Outcome, SkipReason } from './outcome.js'
import type { RetryPolicy } from './plan.js'
import type { TraceContext } from './text/traceIds.js'

/** Anything that can be subscribed to: an RxJS Observable, which returns a subscription, or the platform's, which takes a signal. */
export interface Subscribable<A> {
  subscribe(
    observer: { next(value: A): void; error(error: unknown): void; complete(): void },
    options?: { readonly signal?: AbortSignal },
  ): { unsubscribe(): void } | void
}

/** What a body can return. The last value is the result; a returned function is called, and its promise awaited. */
export type Work<A> = A | PromiseLike<A> | Subscribable<A> | AsyncIterable<A> | TaskEither<unknown, A>

/** An operation that another one adds while it runs. */
export interface ChildOperation {
  /** Unique in the run. Names of children begin with their parent's by convention: `sizes[3]`. */
  readonly id: string
  /** Its kind, for metrics. Default: its parent's. */
  readonly name?: string
  readonly perform: (context: AttemptContext) => Work<unknown>
  readonly timeoutMs?: number
  readonly retry?: RetryPolicy
  /** Taken in the place of its last failure. */
  readonly fallback?: { readonly value: unknown } | undefined
  readonly pool?: string
  /** The operation as it was compiled, where that says more than the fields above. */
  readonly compiled?: CompiledChild
  /** How it ends without being started. Default: it is started. */
  readonly ends?: ChildEnd
}

/** An operation that the compiler made: only the engine looks into it. */
export interface CompiledChild {
  readonly id: string
  readonly parent: string
}

/** How a child ends without being started: skipped because of others, or with the value of an equal read. */
export type ChildEnd =
  | { readonly type: 'skipped'; readonly reason: SkipReason; readonly because: readonly string[] }
  | { readonly type: 'shared'; readonly id: string; readonly value: unknown }

/** Removes the secrets of the run from a text that comes in pieces. */
export interface RedactedStream {
  /** Adds a piece, and returns the text that is certain not to be part of a secret. */
  add(text: string): string
  /** The rest of it. */
  end(): string
}

/** The context of an attempt: its signal, and ways to report output, progress and events. */
export interface AttemptContext {
  readonly id: string
  /** The run it is part of. `runId/id` names one operation of one run: the key for an effect that must not happen twice. */
  readonly runId: string
  /** 1 for the first. */
  readonly attempt: number
  /** The trace that whoever started the run made it part of: to be handed on with each request. */
  readonly trace?: TraceContext | undefined
  /** Aborted on timeout, cancel and unsubscribe. The slot is free only after the body has ended. */
  readonly signal: AbortSignal
  /** Emits output of the operation while it runs: an `operation-output` event. */
  readonly output: (stream: 'stdout' | 'stderr', text: string) => void
  /** Reports progress, from 0 to 1 if it is known: an `operation-progress` event. */
  readonly progress: (fraction: number | undefined, message?: string) => void
  /** A program was started that leads a process group: a `process-started` event. `startedAt` as the system says it. */
  readonly process: (pid: number, startedAt?: string) => void
  /** A named event of the operation's own type: an `operation-emitted` event. */
  readonly emit: (name: string, data: unknown) => void
  /**
   * Call it when this service is ready: its dependents start, with this value, and an `operation-emitted` event is emitted. After the last
   * of them has ended, the signal is aborted and the operation succeeds. Does nothing in an operation that is not a service.
   */
  readonly ready: (value: unknown) => void
  /** The same text without the secrets of the run: for a body that cuts or quotes a text, which it masks first. */
  readonly redact: (text: string) => string
  /** The same for a text that comes in pieces: its end is held back while it can be the beginning of a secret. */
  readonly redactStream: () => RedactedStream
  /**
   * While a reader of the run is too slow: resolves when it has caught up. Otherwise undefined. A body that produces output waits for it.
   */
  readonly room: () => PromiseLike<void> | undefined
  /** Registers how to take back what is about to be done. Called before the effect; undos run last to first under `rollback`. */
  readonly onUndo: (undo: () => PromiseLike<void>) => void
  /**
   * Runs a child operation and resolves to its outcome; it never rejects. Only for operations that hold no slot (`coordinates`): one that
   * holds a slot while it waits for another could deadlock.
   */
  readonly child: (child: ChildOperation) => PromiseLike<Outcome>
  /** Whether this run can roll back. An undo is needed only then. */
  readonly undoable: boolean
}

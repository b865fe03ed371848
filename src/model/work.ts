import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** Anything that can be subscribed to: an RxJS Observable or the platform's. */
export interface Subscribable<A> {
  subscribe(observer: { next(value: A): void; error(error: unknown): void; complete(): void }): { unsubscribe(): void }
}

/** What a body may give back. The last value is the result; a function is called and its promise awaited. */
export type Work<A> = A | PromiseLike<A> | Subscribable<A> | AsyncIterable<A> | TaskEither<unknown, A>

/** What an attempt gets from the run around it. */
export interface AttemptContext {
  readonly id: string
  /** 1 for the first. */
  readonly attempt: number
  /** Aborted on timeout, cancel and unsubscribe; the slot is free only once the body has ended. */
  readonly signal: AbortSignal
  /** Text the operation gives out while it runs: an `operation-output` event. */
  output(stream: 'stdout' | 'stderr', text: string): void
  /** How far it is, from 0 to 1 when that can be told: an `operation-progress` event. */
  progress(fraction: number | undefined, message?: string): void
  /** A named event of the operation's own type: an `operation-emitted` event. */
  emit(name: string, data: unknown): void
  /** Registers how to take back what is about to be done. Called before the effect; undos run last to first under `rollback`. */
  onUndo(undo: () => PromiseLike<void>): void
  /** Whether this run may roll back: only then is an undo worth preparing. */
  readonly undoable: boolean
}

import type { TraceContext } from '../model/text/traceIds.js'

/** The progress of a call. `progress` never decreases. */
export interface CallProgress {
  readonly progress: number
  readonly total: number
  readonly message: string
}

/** A question to the user of a client. */
export interface ClientQuestion {
  /** As the client shows it. */
  readonly message: string
  /** Whether a text is wanted; else the answer is yes or no. */
  readonly wants: 'consent' | 'text'
}

/** The answer of the user: a union on `type`. `text` is empty if the question only asked for consent. */
export type ClientReply =
  | { readonly type: 'accepted'; readonly text: string }
  | { readonly type: 'declined' }
  /** They closed the question, did not answer in time, or the client has gone. */
  | { readonly type: 'unanswered'; readonly reason: string }

/** What a call receives from its caller. */
export interface ServedCall {
  /** Aborted when the caller cancels the call or goes away. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: CallProgress) => void
  /** The trace that its batch is part of, if it was given one. */
  readonly trace?: TraceContext
  /** Asks the user of the caller; never rejects. Absent if no user can be asked. `signal` withdraws the question. */
  readonly ask?: (question: ClientQuestion, signal?: AbortSignal) => Promise<ClientReply>
}

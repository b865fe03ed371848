// mcp/asking: calls that ask the person behind their client something before they go on.
import { randomBytes } from 'node:crypto'
import type { ToolAnswer } from '../answers/toolAnswer.js'
import type { TraceContext } from '../../model/text/traceIds.js'
import type { CallProgress, ClientQuestion, ClientReply, ServedCall } from '../call.js'

/** The default of it: ten minutes. */
const answerLimitMs = 10 * 60_000

/** Calls that wait for an answer at once: each holds its plan. */
const mostSuspended = 64

/** One request of a call: its first, or one that brings the answer to a question. */
export interface CallRound {
  readonly signal: AbortSignal
  readonly onProgress?: (progress: CallProgress) => void
  readonly trace?: TraceContext
}

/** What a request is answered with: what the call came to, or a question whose answer the next request brings. */
export type RoundEnd =
  | { readonly type: 'answered'; readonly answer: ToolAnswer }
  | { readonly type: 'asks'; readonly question: ClientQuestion; readonly handle: string }

/** Calls of one server that go on over several requests, since their client cannot be asked within one. */
export interface SuspendedCalls {
  readonly begin: (perform: (call: ServedCall) => Promise<ToolAnswer>, round: CallRound) => Promise<RoundEnd>
  /** Undefined when no call waits for this answer: it came too late, was given before, or is for another server. */
  readonly goOn: (handle: string, reply: ClientReply, round: CallRound) => Promise<RoundEnd> | undefined
  /** How long a person may take over an answer, in ms. */
  readonly limitMs: number
  /** Ends every question without an answer. */
  readonly close: () => void
}

type Resume = (reply: ClientReply, round?: OpenRound) => void

/** A request that has not been answered yet. */
interface OpenRound extends CallRound {
  readonly end: (end: RoundEnd) => void
  readonly fail: (error: unknown) => void
}

export function suspendedCalls(limitMs = answerLimitMs): SuspendedCalls {
  const waiting = new Map<string, Resume>()

  const run = async (perform: (call: ServedCall) => Promise<ToolAnswer>, first: OpenRound): Promise<void> => {
    const gone = new AbortController()
    let round: OpenRound | undefined
    const leave = (): void => gone.abort()
    const enter = (next: OpenRound): void => {
      round = next
      if (next.signal.aborted) leave()
      else next.signal.addEventListener('abort', leave, { once: true })
    }
    // A request that was answered is over: that its connection ends then says nothing of the call.
    const exit = (): OpenRound | undefined => {
      const left = round
      left?.signal.removeEventListener('abort', leave)
      round = undefined
      return left
    }
    enter(first)
    const ask = (question: ClientQuestion, signal?: AbortSignal): Promise<ClientReply> =>
      new Promise((resolve) => {
        if (round === undefined || gone.signal.aborted || signal?.aborted === true) return resolve(unanswered('it is no longer needed'))
        if (waiting.size >= mostSuspended)
          return resolve(unanswered(`${mostSuspended} questions are open, which is the limit of this server`))
        const handle = randomBytes(16).toString('base64url')
        const resume: Resume = (reply, next) => {
          clearTimeout(timer)
          signal?.removeEventListener('abort', takeBack)
          waiting.delete(handle)
          if (next !== undefined) enter(next)
          resolve(reply)
        }
        const takeBack = (): void => resume(unanswered('it is no longer needed'))
        const timer = setTimeout(() => resume(unanswered(notInTime(limitMs))), limitMs).unref()
        signal?.addEventListener('abort', takeBack, { once: true })
        waiting.set(handle, resume)
        exit()?.end({ type: 'asks', question, handle })
      })
    try {
      const onProgress = (progress: CallProgress): void => round?.onProgress?.(progress)
      const { trace } = first
      const answer = await perform({
        signal: gone.signal,
        ...(first.onProgress !== undefined && { onProgress }),
        ...(trace !== undefined && { trace }),
        ask,
      })
      exit()?.end({ type: 'answered', answer })
    } catch (error) {
      exit()?.fail(error)
    }
  }

  const opened = (round: CallRound, use: (open: OpenRound) => void): Promise<RoundEnd> =>
    new Promise((end, fail) => use({ ...round, end, fail }))

  return {
    begin: (perform, round) => opened(round, (open) => void run(perform, open)),
    goOn(handle, reply, round) {
      const resume = waiting.get(handle)
      return resume && opened(round, (open) => resume(reply, open))
    },
    limitMs,
    close() {
      for (const resume of [...waiting.values()]) resume(unanswered('the server is ending'))
    },
  }
}

export function notInTime(limitMs: number): string {
  return `it was not answered in ${limitMs / 60_000} minutes`
}

function unanswered(reason: string): ClientReply {
  return { type: 'unanswered', reason }
}

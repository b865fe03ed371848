import { randomUUID } from 'node:crypto'
import { asyncScheduler, type Subscription } from 'rxjs'
import { operationErrorOf, type OperationError } from '../../../model/operationError.js'
import type { OperationRegistry } from '../../../model/operationType.js'
import type { PlacedAttempt } from '../../../model/performer.js'
import { readsBack } from '../../../journal/log/readsBack.js'
import { performAttempt } from '../../performAttempt.js'
import { travelling } from '../../values.js'
import type { Post } from '../wire/inbox.js'
import { QueuedAttempt, readMessage, SealedAttempt, type ToldItem } from '../wire/messages.js'
import { performerInbox } from '../wire/names.js'
import type { MessageKind, Seal } from '../wire/seal.js'
import type { Timing } from '../wire/timing.js'
import type { NotedPrograms } from './notedPrograms.js'
import type { ToldEnds } from './toldEnds.js'
import { toldItems } from './toldItems.js'

/** Why a worker did not begin an entry that it took from the queue. */
export type JobRefusal =
  /** It is not an attempt, or was not sealed with this worker's key: somebody else put it there, or changed it. */
  | 'not-sealed'
  /** The run that wants it is gone. */
  | 'no-run'
  /** The run no longer needs it: it is performed elsewhere, has ended, or was queued twice. */
  | 'denied'

/** What became of a job. */
export type JobEnd =
  | { readonly type: 'refused'; readonly reason: JobRefusal }
  | { readonly type: 'performed'; readonly outcome: 'succeeded' | 'failed' | 'lost' }

/** A job that a worker has taken, as the run can speak to it. */
export interface TakenJob {
  /** The attempt and the claim that it is about. */
  readonly performer: string
  readonly attemptKey: string
  readonly claim: string
  hear(kind: MessageKind): void
  /** The worker itself ends it. */
  lose(): void
  readonly end: Promise<JobEnd>
}

export interface JobParts {
  readonly worker: string
  readonly inbox: string
  readonly operations: OperationRegistry
  readonly post: Post
  readonly times: Timing
  readonly sealOf: (performer: string) => Seal
  readonly programs: NotedPrograms
  readonly ends: ToldEnds
  /** It can begin: its type is known. */
  readonly begun: (attempt: PlacedAttempt) => void
}

/** Opens the attempt in a job: undefined if this worker cannot open it. */
export function takeJob(data: unknown, parts: JobParts): TakenJob | undefined {
  const queued = QueuedAttempt.decode(data)
  if (queued._tag === 'Left') return undefined
  const { performer, key, sealed } = queued.right
  const seal = parts.sealOf(performer)
  const text = seal.open('attempt', key, sealed)
  const attempt = text === undefined ? undefined : readMessage(SealedAttempt, text)
  if (attempt === undefined) return undefined
  return new Job({ ...attempt, key, params: attempt.params }, performer, seal, parts)
}

class Job implements TakenJob {
  readonly claim = randomUUID()
  readonly end: Promise<JobEnd>
  private readonly controller = new AbortController()
  private readonly inbox: string
  private readonly told
  private answered: (answer: 'granted' | 'denied' | 'no-run') => void = () => undefined
  private isLost = false

  constructor(
    private readonly attempt: PlacedAttempt,
    readonly performer: string,
    private readonly seal: Seal,
    private readonly parts: JobParts,
  ) {
    this.inbox = performerInbox(performer)
    this.told = toldItems(parts.times.outputMs, (seq, items) => this.sendTold(seq, items))
    this.end = this.run()
  }

  get attemptKey(): string {
    return this.attempt.key
  }

  hear(kind: MessageKind): void {
    switch (kind) {
      case 'grant':
        return this.answered('granted')
      case 'deny':
        return this.answered('denied')
      case 'more':
        return this.told.more()
      case 'cancel':
        return this.controller.abort()
      case 'attempt':
      case 'ask':
      case 'claim':
      case 'told':
      case 'end':
    }
  }

  lose(): void {
    this.isLost = true
    this.answered('denied')
    this.controller.abort()
  }

  private async run(): Promise<JobEnd> {
    const answer = new Promise<'granted' | 'denied' | 'no-run'>((resolve) => (this.answered = resolve))
    const asking = this.askUntilAnswered()
    const answered = await answer
    asking.unsubscribe()
    if (answered !== 'granted') {
      // It may have been allowed to begin all the same: then the run has to know that it has not.
      if (this.isLost) this.ended('error', '', 'failed')
      return { type: 'refused', reason: answered }
    }
    this.parts.begun(this.attempt)
    return { type: 'performed', outcome: await this.perform() }
  }

  /** The question or the answer can be lost with the data of Redis. */
  private askUntilAnswered(): Subscription {
    const { worker, inbox, times } = this.parts
    const ask = async (): Promise<void> => {
      if (!(await this.send('claim', { claim: this.claim, worker, inbox }))) this.answered('no-run')
    }
    void ask().catch(() => undefined) // It asks again.
    return asyncScheduler.schedule(function () {
      void ask().catch(() => undefined)
      this.schedule(undefined, times.sweepMs)
    }, times.sweepMs)
  }

  private async perform(): Promise<'succeeded' | 'failed' | 'lost'> {
    const stopOverdue = this.limitTo(this.attempt.timeoutMs)
    try {
      const value = await performAttempt(this.parts.operations, this.attempt, this.heard())
      const given = value === undefined ? '' : `,"value":${travelling(value, 'result')}`
      return this.ended('value', given, 'succeeded')
    } catch (thrown) {
      return this.ended('error', `,"error":${JSON.stringify(sendable(operationErrorOf(thrown)))}`, 'failed')
    } finally {
      stopOverdue?.unsubscribe()
    }
  }

  private ended<O extends 'succeeded' | 'failed'>(outcome: 'value' | 'error', given: string, word: O): O | 'lost' {
    const items = JSON.stringify(this.told.rest())
    const how = this.isLost ? 'lost' : outcome
    const text = `{"claim":${JSON.stringify(this.claim)},"items":${items},"outcome":"${how}"${this.isLost ? '' : given}}`
    const { attemptKey, inbox, claim, parts } = this
    const end = { kind: 'end', attemptKey, sealed: this.seal.close('end', attemptKey, text) } as const
    parts.ends.tell(claim, inbox, end)
    return this.isLost ? 'lost' : word
  }

  private heard(): Parameters<typeof performAttempt>[2] {
    const { told, controller, parts } = this
    return {
      signal: controller.signal,
      output: (stream, text) => told.add({ stream, text }),
      progress: (fraction, message) =>
        told.add({ progress: 'progress', ...(fraction !== undefined && { fraction }), ...(message !== undefined && { message }) }),
      emit: (name, data) => told.add({ name, ...(data !== undefined && { data: readsBack(data) ? data : null }) }),
      room: () => told.room(),
      process: (pid, startedAt) => parts.programs.started(this.claim, pid, startedAt),
    }
  }

  /** The run holds to it itself. This is for one that can be reached no more, and a little later. */
  private limitTo(timeoutMs: number | undefined): Subscription | undefined {
    if (timeoutMs === undefined) return undefined
    return asyncScheduler.schedule(() => this.controller.abort(), timeoutMs + this.parts.times.sweepMs)
  }

  private sendTold(seq: number, items: readonly ToldItem[]): void {
    // One that did not arrive is followed by no other: its run is gone.
    void this.send('told', { claim: this.claim, seq, items }).catch(() => undefined)
  }

  private send(kind: MessageKind, message: object): Promise<boolean> {
    const { seal, attemptKey, inbox, parts } = this
    return parts.post.send(inbox, { kind, attemptKey, sealed: seal.close(kind, attemptKey, JSON.stringify(message)) })
  }
}

/** An error without its cause, which can hold anything. */
function sendable({ cause, ...error }: OperationError): object {
  return cause !== undefined && readsBack(cause) ? { ...error, cause } : error
}

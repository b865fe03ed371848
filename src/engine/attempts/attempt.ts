// engine/attempts: one attempt at an operation from start to end, and all that may follow: settlement, retry, children, undo.
import type { SchedulerLike, Subscriber, Subscription } from 'rxjs'
import type { BatchEvent } from '../../model/event.js'
import type { CompiledOperation } from '../../model/graph.js'
import { operationErrorOf } from '../../model/operationError.js'
import type { CancelCause, Outcome } from '../../model/outcome.js'
import type { TraceContext } from '../../model/text/traceIds.js'
import type { AttemptContext, ChildOperation, Work } from '../../model/work.js'
import type { KeptOutput } from './keptOutput.js'
import { observeWork, type StopWork, type WorkListener } from './observeWork.js'

/** The slot that an attempt takes place in: its events leave by it, and it hears of its end. */
export interface AttemptSlot {
  readonly events: Subscriber<BatchEvent>
  ended(isOutermost: boolean): void
}

/** What an attempt has from its run, and reports to it. */
export interface AttemptHost {
  readonly scheduler: SchedulerLike
  readonly graceMs: number
  readonly runId: string
  readonly trace: TraceContext | undefined
  readonly undoable: boolean
  now(): number
  began(attempt: Attempt): void
  /** Begins the work of an attempt. May throw: that is a failed attempt. */
  perform(attempt: Attempt): Work<unknown>
  output(attempt: Attempt, stream: 'stdout' | 'stderr', text: string): void
  progress(attempt: Attempt, fraction: number | undefined, message: string | undefined): void
  process(attempt: Attempt, pid: number, startedAt: string | undefined): void
  emit(attempt: Attempt, name: string, data: unknown): void
  ready(attempt: Attempt, value: unknown): void
  redact(text: string): string
  redactStream(): ReturnType<AttemptContext['redactStream']>
  room(): PromiseLike<void> | undefined
  onUndo(attempt: Attempt, undo: () => PromiseLike<void>): void
  child(attempt: Attempt, child: ChildOperation): PromiseLike<Outcome>
  /** Its body has been told to end: so are the operations that are part of it. */
  stopping(attempt: Attempt): void
  /** Its body has ended: the slot is free. */
  ended(attempt: Attempt): void
  /** It has ignored its abort for `graceMs`: it counts as ended, its slot stays taken. */
  overdue(attempt: Attempt): void
}

/** How an attempt came out. Once it was stopped, the reason for the stop, whatever its body still gave. */
export type AttemptEnd = Exclude<Outcome, { readonly type: 'skipped' }>

const endedByItself: AttemptEnd = {
  type: 'failed',
  error: {
    type: 'thrown',
    message: 'The service ended by itself. Its work must continue until its signal is aborted.',
    retryable: true,
  },
}

/**
 * One try at an operation, and the context its body gets.
 *
 * A class, against the rule of the house: it is made once an attempt on the hot path, and one object with methods on a prototype
 * costs a third of a closure with as many functions. The abort controller is made only when a body asks for its signal.
 */
export class Attempt implements AttemptContext, WorkListener {
  startedAt = 0
  detached = false
  /** What it has given out, if anything: kept for the case that it fails. */
  kept: KeptOutput | undefined
  private how: AttemptEnd | undefined
  private bodyEnded = false
  private stopping = false
  private stopWork: StopWork | undefined
  private timer: Subscription | undefined
  private controller: AbortController | undefined
  private inQueue = false

  constructor(
    private readonly host: AttemptHost,
    readonly slot: AttemptSlot,
    readonly operation: CompiledOperation,
    readonly index: number,
    readonly attempt: number,
  ) {}

  get id(): string {
    return this.operation.id
  }

  /** How it came out; asked for only once it has ended, or counts as ended. */
  get end(): AttemptEnd {
    if (this.how === undefined) throw new Error(`A defect in millrace: the attempt of "${this.id}" has not ended.`)
    return this.how
  }

  /** Whether its body has ended. */
  get ended(): boolean {
    return this.bodyEnded
  }

  /** Whether nothing it says counts any more. */
  get over(): boolean {
    return this.bodyEnded || this.detached
  }

  /** Whether its body has been told to end, or will not even begin. */
  get stopped(): boolean {
    return this.stopping
  }

  get runId(): string {
    return this.host.runId
  }

  get trace(): TraceContext | undefined {
    return this.host.trace
  }

  get undoable(): boolean {
    return this.host.undoable
  }

  get signal(): AbortSignal {
    if (this.controller === undefined) {
      this.controller = new AbortController()
      if (this.stopping) this.controller.abort()
    }
    return this.controller.signal
  }

  // Getters, so that a body may take them apart, `({ output }) => …`, and nothing is made for one that does not ask.
  get output(): AttemptContext['output'] {
    return (stream, text) => this.host.output(this, stream, text)
  }

  get progress(): AttemptContext['progress'] {
    return (fraction, message) => this.host.progress(this, fraction, message)
  }

  get process(): AttemptContext['process'] {
    return (pid, startedAt) => this.host.process(this, pid, startedAt)
  }

  get emit(): AttemptContext['emit'] {
    return (name, data) => this.host.emit(this, name, data)
  }

  get ready(): AttemptContext['ready'] {
    return (value) => this.host.ready(this, value)
  }

  get redact(): AttemptContext['redact'] {
    return (text) => this.host.redact(text)
  }

  get redactStream(): AttemptContext['redactStream'] {
    return () => this.host.redactStream()
  }

  get room(): AttemptContext['room'] {
    return () => this.host.room()
  }

  get onUndo(): AttemptContext['onUndo'] {
    return (undo) => this.host.onUndo(this, undo)
  }

  get child(): AttemptContext['child'] {
    return (child) => this.host.child(this, child)
  }

  begin(): void {
    const { host, operation } = this
    this.startedAt = host.now()
    host.began(this)
    if (this.bodyEnded) return // Whoever heard of the start has left.
    if (this.stopping) return this.bodyIsOver() // Or has stopped it.
    if (operation.timeoutMs !== undefined) this.limitTo(operation.timeoutMs)
    try {
      const stopWork = observeWork(host.perform(this), this)
      if (!this.bodyEnded) this.stopWork = stopWork
      // The body stopped its own run before it gave back what can be stopped.
      if (this.stopping && !this.bodyEnded) stopWork?.()
    } catch (thrown) {
      this.threw(thrown)
    }
  }

  /** It is to be performed elsewhere, and waits for a worker: its time begins when it is placed. */
  enqueue(): void {
    this.timer?.unsubscribe()
    this.inQueue = true
  }

  /** A worker has begun it: how long it was in the queue, in ms. Undefined where that does not count any more. */
  leaveQueue(): number | undefined {
    if (!this.inQueue || this.stopping || this.bodyEnded) return undefined
    const { timeoutMs } = this.operation
    const queuedMs = this.endWaiting()
    if (timeoutMs !== undefined) this.limitTo(timeoutMs)
    return queuedMs
  }

  gave(value: unknown): void {
    this.how ??= this.operation.service === true ? endedByItself : { type: 'succeeded', value }
    this.bodyIsOver()
  }

  threw(thrown: unknown): void {
    this.how ??= { type: 'failed', error: operationErrorOf(thrown) }
    this.bodyIsOver()
  }

  cancel(cause: CancelCause): void {
    this.stop({ type: 'cancelled', cause })
  }

  /** A service that is needed no more: it comes to what it stood ready with. */
  retire(value: unknown): void {
    this.stop({ type: 'succeeded', value })
  }

  /** The run is gone: the body is told, nobody is listening any more. */
  unsubscribe(): void {
    this.timer?.unsubscribe()
    if (this.bodyEnded) return
    this.stopBody()
    this.bodyEnded = true
  }

  // Closures stand in methods of their own: one that holds a closure over something makes room for it at every call.
  private limitTo(timeoutMs: number): void {
    this.timer = this.host.scheduler.schedule(() => this.timedOut(timeoutMs), timeoutMs)
  }

  private timedOut(timeoutMs: number): void {
    const message = `The attempt took longer than ${timeoutMs} ms and was aborted. Raise timeoutMs if it needs more time.`
    this.stop({ type: 'failed', error: { type: 'timeout', message, retryable: true, timeoutMs } })
  }

  private stop(end: AttemptEnd): void {
    if (this.bodyEnded || this.stopping) return
    this.how = end
    this.stopBody()
    if (this.bodyEnded) return
    this.timer = this.host.scheduler.schedule(() => this.graceIsOver(), this.host.graceMs)
  }

  private endWaiting(): number {
    const now = this.host.now()
    const queuedMs = now - this.startedAt
    this.inQueue = false
    this.startedAt = now
    return queuedMs
  }

  private graceIsOver(): void {
    if (this.inQueue) this.endWaiting()
    this.detached = true
    this.host.overdue(this)
  }

  private stopBody(): void {
    this.stopping = true
    this.timer?.unsubscribe()
    this.controller?.abort()
    this.host.stopping(this)
    if (!this.bodyEnded) this.stopWork?.()
  }

  private bodyIsOver(): void {
    if (this.bodyEnded) return
    this.bodyEnded = true
    this.timer?.unsubscribe()
    if (this.inQueue) this.endWaiting()
    this.host.ended(this)
  }
}

import { Observable, type Subscriber } from 'rxjs'
import type { BatchEvent } from '../../model/event.js'
import { Attempt, type AttemptHost, type AttemptSlot } from '../attempts/attempt.js'
import type { Retries } from '../attempts/retries.js'
import type { OperationTable } from '../operations/operationTable.js'
import type { Stop, Stops } from '../stop/stops.js'

/** The slots of a run. */
export interface Slots {
  /**
   * A slot that attempts this operation, then whatever `next` gives it; it idles while that gives nothing. Its events are those of its
   * attempts. Unsubscribing aborts the attempt that is running.
   */
  readonly open: (first: number) => Observable<BatchEvent>
  /** Goes on with this operation in a slot that is idle; false when none is. */
  readonly resume: (index: number) => boolean
}

export interface SlotParts {
  readonly host: AttemptHost
  readonly operations: OperationTable
  readonly retries: Retries
  readonly stops: Stops
  /** The next operation for a slot that is free; -1 when there is none. */
  readonly next: () => number
}

/** One inner observable of `mergeMap` for many attempts: an inner an attempt costs as much as all the rest of an operation. */
export function slots(parts: SlotParts): Slots {
  const idle: Slot[] = []
  return {
    open: (first) => new Observable((events) => new Slot(parts, idle, events).begin(first)),
    resume(index) {
      const slot = idle.pop()
      slot?.goOn(index)
      return slot !== undefined
    },
  }
}

class Slot implements AttemptSlot {
  private attempt: Attempt | undefined
  private starting = false

  constructor(
    private readonly parts: SlotParts,
    private readonly idle: Slot[],
    readonly events: Subscriber<BatchEvent>,
  ) {}

  begin(first: number): void {
    const { events, parts } = this
    events.add(parts.stops.stop$.subscribe((stop) => this.stop(stop)))
    events.add(this)
    this.goOn(first)
  }

  goOn(first: number): void {
    const { parts, events } = this
    const { operations, retries } = parts
    for (let index = first; index !== -1; index = parts.next()) {
      const attempt = new Attempt(parts.host, this, operations.get(index), index, (retries.past(index)?.attempts ?? 0) + 1)
      this.attempt = attempt
      this.starting = true
      attempt.begin()
      this.starting = false
      if (events.closed || !attempt.ended) return
      // A coordinator held no slot: nothing may take its place in one.
      if (attempt.operation.weight === 0) return events.complete()
    }
    this.becomeIdle()
  }

  /** Its attempt has ended. Nothing starts within the turn of another: what is next is looked for when that turn is over. */
  ended(isOutermost: boolean): void {
    if (this.starting || this.events.closed) return
    if (this.attempt?.operation.weight === 0) return this.events.complete()
    const next = isOutermost ? this.parts.next() : -1
    if (next === -1) this.becomeIdle()
    else this.goOn(next)
  }

  unsubscribe(): void {
    this.attempt?.unsubscribe()
  }

  private becomeIdle(): void {
    this.attempt = undefined
    this.idle.push(this)
  }

  private stop(stop: Stop): void {
    const { attempt } = this
    if (attempt === undefined || attempt.detached) return
    const cause = stop.cancelCause(attempt.index, attempt.operation)
    if (cause !== undefined) attempt.cancel(cause)
  }
}

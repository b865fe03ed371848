import { Observable, Subscriber, type MonoTypeOperatorFunction } from 'rxjs'
import type { BatchEvent } from '../../model/event.js'
import { Fifo } from '../stream/fifo.js'
import type { OperationIndex } from '../operations/operationIndex.js'
import type { Turns } from '../time/turns.js'

/** The events that have their numbers and wait for those before them to be delivered. */
export type EventQueue = Fifo<QueuedEvent>

interface QueuedEvent {
  readonly event: BatchEvent
  readonly index: number
}

export function eventQueue(): EventQueue {
  return new Fifo()
}

/** What the delivery of an event has to do with. */
export interface DeliveryParts {
  readonly turns: Turns
  readonly operationIndex: OperationIndex
  readonly queue: EventQueue
}

/**
 * The one place that all events of a run pass. It numbers them and delivers one after the other: what a subscriber causes while it
 * hears an event comes after that event, and nothing starts meanwhile.
 */
export function inOrder(parts: DeliveryParts): MonoTypeOperatorFunction<BatchEvent> {
  return (events$) => new Observable((subscriber) => events$.subscribe(new InOrder(parts, subscriber)))
}

class InOrder extends Subscriber<BatchEvent> {
  private seq = 0
  private delivering = false
  private hasQueued = false
  private readonly turns: Turns

  constructor(
    private readonly parts: DeliveryParts,
    private readonly subscriber: Subscriber<BatchEvent>,
  ) {
    super(subscriber)
    this.turns = parts.turns
  }

  // Written out, since every event passes here: one call more was measured.
  override next(event: BatchEvent): void {
    const numbered: { seq: number } = event
    numbered.seq = this.seq++
    if (this.delivering) return this.deliverLater(event)
    if (!this.turns.busy) return this.deliverAsTurn(event)
    this.delivering = true
    this.subscriber.next(event)
    if (this.hasQueued) this.deliverQueued()
    this.delivering = false
  }

  private deliverAsTurn(event: BatchEvent): void {
    this.turns.enter()
    this.delivering = true
    this.subscriber.next(event)
    if (this.hasQueued) this.deliverQueued()
    this.delivering = false
    this.turns.leaveQuietly()
  }

  private deliverLater(event: BatchEvent): void {
    this.hasQueued = true
    this.parts.queue.push({ event, index: this.parts.operationIndex.index })
  }

  private deliverQueued(): void {
    const { queue, operationIndex } = this.parts
    for (let next = queue.take(); next !== undefined; next = queue.take()) {
      operationIndex.index = next.index
      this.subscriber.next(next.event)
    }
    this.hasQueued = false
  }
}

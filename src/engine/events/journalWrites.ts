import { concatWith, defer, Observable, tap, type MonoTypeOperatorFunction } from 'rxjs'
import type { BatchEvent } from '../../model/event.js'
import type { JournalPort } from '../../model/journal.js'
import { operationErrorOf, type OperationError } from '../../model/operationError.js'
import type { Turns } from '../time/turns.js'
import type { EventQueue } from './inOrder.js'

/** Lets what follows from an event happen only once the journal holds it. */
export interface JournalWrites {
  /** Gives each event to the journal before anybody else hears of it, and completes only when the journal holds the last. */
  readonly journalled: MonoTypeOperatorFunction<BatchEvent>
  /** Whether what depends on an operation waits until the end of that operation is kept. */
  readonly holdsGates: boolean
  /** Calls back once everything delivered so far is kept. */
  after(then: () => void): void
  /** Whether something still waits. */
  isPending(): boolean
  /** Calls back when everything is kept, or could not be. */
  end(then: () => void): void
}

export interface JournalParts {
  readonly run: Parameters<NonNullable<JournalPort['open']>>[0]
  readonly turns: Turns
  /** The events that have not come to the journal yet. */
  readonly queue: EventQueue
  /** Called once. */
  readonly failed: (error: OperationError) => void
}

export function journalWrites(journal: JournalPort, { run, turns, queue, failed }: JournalParts): JournalWrites {
  let waiting: (() => void)[] = []
  let flushing = false
  let broken = false

  const fail = (thrown: unknown): void => {
    if (broken) return
    broken = true
    failed(operationErrorOf(thrown))
  }

  // One flush at a time, of all that ended meanwhile. And not before the journal was given all that has happened: an event that a
  // subscriber caused comes behind the present one.
  const flush = (): void => {
    if (waiting.length === 0 || flushing || queue.size > 0) return
    flushing = true
    const together = waiting
    waiting = []
    const kept = (): void =>
      turns.take(() => {
        for (const then of together) then()
        flushing = false
        flush()
      })
    flushed(journal).then(kept, (thrown: unknown) => {
      fail(thrown)
      kept()
    })
  }

  const open = (): void => {
    try {
      journal.open?.(run)
    } catch (thrown) {
      fail(thrown)
    }
  }

  const append = (event: BatchEvent): void => {
    try {
      journal.append(event)
    } catch (thrown) {
      fail(thrown)
    }
    flush()
  }

  const end = (then: () => void): void => {
    flushed(journal).then(then, (thrown: unknown) => {
      fail(thrown)
      then()
    })
  }

  const kept$ = new Observable<never>((subscriber) => end(() => subscriber.complete()))

  return {
    journalled: (events$) =>
      defer(() => {
        open()
        return events$.pipe(tap(append), concatWith(kept$))
      }),
    holdsGates: journal.holdsGates,
    after(then) {
      waiting.push(then)
      flush()
    },
    isPending: () => flushing || waiting.length > 0,
    end,
  }
}

/** A journal that throws has failed like one that rejects. */
function flushed(journal: JournalPort): Promise<void> {
  return new Promise((resolve) => resolve(journal.flush()))
}

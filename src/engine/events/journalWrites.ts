import type { BatchEvent } from '../../model/event.js'
import type { JournalPort } from '../../model/journal.js'
import { operationErrorOf, type OperationError } from '../../model/operationError.js'

/** Lets happen what follows from an event only once the journal holds it. */
export interface JournalWrites {
  append(event: BatchEvent): void
  /** Calls back when everything appended so far is kept: at once if nobody asked for that. */
  after(then: () => void): void
  /** Whether something still waits. */
  readonly pending: boolean
  /** Calls back when everything is kept, or could not be. */
  end(then: () => void): void
}

/** `failed` is told once. `settled` is called after callbacks that came later than the call. */
export function journalWrites(
  journal: JournalPort | undefined,
  failed: (error: OperationError) => void,
  settled: () => void,
): JournalWrites {
  if (journal === undefined) return noJournal
  let waiting: (() => void)[] = []
  let flushing = false
  let broken = false

  const fail = (thrown: unknown): void => {
    if (broken) return
    broken = true
    failed(operationErrorOf(thrown))
  }

  // One flush at a time: what ends meanwhile is kept together by the next one.
  const flush = (): void => {
    flushing = true
    const together = waiting
    waiting = []
    const kept = (): void => {
      for (const then of together) then()
      flushing = false
      if (waiting.length > 0) flush()
      settled()
    }
    flushed(journal).then(kept, (thrown: unknown) => {
      fail(thrown)
      kept()
    })
  }

  return {
    append(event) {
      try {
        journal.append(event)
      } catch (thrown) {
        fail(thrown)
      }
    },
    after(then) {
      if (!journal.holdsGates) return then()
      waiting.push(then)
      if (!flushing) flush()
    },
    get pending() {
      return flushing
    },
    end(then) {
      flushed(journal).then(then, (thrown: unknown) => {
        fail(thrown)
        then()
      })
    },
  }
}

/** A journal that throws has failed like one that rejects. */
function flushed(journal: JournalPort): Promise<void> {
  return new Promise((resolve) => resolve(journal.flush()))
}

const noJournal: JournalWrites = { append: () => undefined, after: (then) => then(), pending: false, end: (then) => then() }

// operators/share: what operators share about values: replay for late subscribers, and JSON for any value.
import { Observable, type Subscriber } from 'rxjs'

/** Values kept for whoever comes later, and an end. */
export interface Replayed<A> {
  next(value: A): void
  /** Completes, or errors if there is something to tell. */
  end(failure?: { readonly error: unknown }): void
  readonly values$: Observable<A>
}

/**
 * Gives every subscriber all values in their order, also those who come late.
 *
 * Not a `ReplaySubject`: a subscriber that causes a value while it is told of another (it cancels the run at a failure) would make
 * that one nest new values between the old ones, for itself while it is replayed to, and for all who come after it. Here each has a
 * place of its own in one list, and is told of the next value only when it has returned from the one before.
 */
export function replayed<A>(): Replayed<A> {
  const values: A[] = []
  const readers = new Set<() => void>()
  let ended: { readonly failure: { readonly error: unknown } | undefined } | undefined

  const readerOf = (subscriber: Subscriber<A>): (() => void) => {
    let place = 0
    let reading = false
    return () => {
      if (reading) return
      reading = true
      while (place < values.length && !subscriber.closed) subscriber.next(values[place++]!)
      reading = false
      if (ended === undefined || subscriber.closed) return
      if (ended.failure === undefined) subscriber.complete()
      else subscriber.error(ended.failure.error)
    }
  }

  const tellAll = (): void => {
    for (const read of readers) read()
  }

  return {
    next(value) {
      values.push(value)
      tellAll()
    },
    end(failure) {
      ended = { failure }
      tellAll()
    },
    values$: new Observable((subscriber) => {
      const read = readerOf(subscriber)
      readers.add(read)
      subscriber.add(() => readers.delete(read))
      read()
    }),
  }
}

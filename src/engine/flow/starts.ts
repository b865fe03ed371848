import type { Observable } from 'rxjs'
import type { Backpressure } from '../backpressure.js'
import type { OperationTable } from '../operations/operationTable.js'
import type { ReadyQueue } from '../ready/readyQueue.js'
import type { Feed } from '../source/batch.js'
import { into } from '../stream/into.js'
import { outlet } from '../stream/outlet.js'
import type { TimeSlice } from '../time/timeSlice.js'
import type { Turns } from '../time/turns.js'

/** What starts now, the best first, given out when a turn is over. */
export interface Starts {
  /** Those that only coordinate others, and hold no slot. */
  readonly coordinators$: Observable<number>
  /** Those that a slot was taken for. */
  readonly operations$: Observable<number>
  /** The next for a slot that has become free; -1 when there is none, or when a coordinator goes first. */
  readonly forSlot: () => number
}

export interface StartParts {
  readonly turns: Turns
  readonly operations: OperationTable
  readonly queue: ReadyQueue
  readonly slice: TimeSlice
  readonly backpressure: Backpressure | undefined
  readonly feed: Feed | undefined
  /** An operation has come from the feed. */
  readonly arrived: () => void
}

/**
 * Asked only while a slot is free: the best of those that are ready then goes first, and the buffer of `mergeMap`, which costs the
 * square of its length and knows no priority, stays empty.
 */
export function starts({ turns, operations, queue, slice, backpressure, feed, arrived }: StartParts): Starts {
  const coordinators$ = outlet<number>()

  const next = (forSlot: boolean): number => {
    if (turns.closed || backpressure?.isBehind() === true || slice.isOver()) return -1
    for (;;) {
      const index = queue.take(forSlot)
      // Pulled only when a slot would stand idle: what is not needed yet stays with its source.
      if (index !== -1 || feed === undefined || !queue.hasFreeSlot() || !feed.pull()) return index
      arrived()
      if (turns.closed) return -1
    }
  }

  return {
    coordinators$,
    operations$: turns.over$.pipe(
      into<void, number>((_, out) => {
        for (let index = next(false); index !== -1; index = next(false)) {
          if (operations.get(index).weight === 0) coordinators$.next(index)
          else out.next(index)
        }
      }),
    ),
    forSlot: () => next(true),
  }
}

// engine: runs a batch of operations as an observable graph.
import { Observable, type OperatorFunction } from 'rxjs'
import type { BatchEvent } from '../model/event.js'
import { asyncIterator } from './asyncIterator.js'
import { backpressure } from './backpressure.js'
import type { ReaderParts } from './flow/runParts.js'
import { indexed, type Indexed, type OperationIndex } from './operations/operationIndex.js'

/** A batch that is not running yet: each subscription and each `for await` loop is a separate run. */
export interface Run extends Observable<BatchEvent>, AsyncIterable<BatchEvent> {
  /**
   * Pulls the events one by one, through operators if any are given.
   *
   * No attempt starts while 1,024 events, or 4 Mi characters of output, are unread, and programs are not read either: their pipes fill, and
   * they wait. Leaving the loop stops the run.
   */
  iterate(): AsyncIterableIterator<BatchEvent>
  iterate<A>(through: OperatorFunction<BatchEvent, A>): AsyncIterableIterator<A>
}

/** A run of whatever `observe` starts. */
export function runOf(observe: (reader: ReaderParts) => Observable<BatchEvent>): Run {
  const iterate = <A>(through?: OperatorFunction<BatchEvent, A>): AsyncIterableIterator<A | BatchEvent> => {
    const pressure = backpressure()
    const events = observe({ backpressure: pressure })
    return asyncIterator<A | BatchEvent>(through === undefined ? events : events.pipe(through), pressure)
  }
  const events = new Observable<BatchEvent>((subscriber) => observe({}).subscribe(subscriber))
  // `pipe` makes a plain Observable of it, without these.
  const parts: Indexed & Pick<Run, 'iterate' | typeof Symbol.asyncIterator> = {
    iterate: iterate as Run['iterate'],
    [indexed]: (operationIndex: OperationIndex) => observe({ operationIndex }),
    [Symbol.asyncIterator]: () => iterate() as AsyncIterableIterator<BatchEvent>,
  }
  return Object.assign(events, parts)
}

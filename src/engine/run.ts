import { Observable, type OperatorFunction } from 'rxjs'
import type { BatchEvent } from '../model/event.js'
import { asyncIterator } from './asyncIterator.js'
import { indexed, type OperationIndex, type Indexed } from './flow/operationIndex.js'
import { valve, type Valve } from './flow/valve.js'

/** One batch, not yet running: each subscription and each loop is a run of its own. */
export interface Run extends Observable<BatchEvent>, AsyncIterable<BatchEvent> {
  /**
   * Pulls the events one by one, through operators if any are given.
   *
   * No attempt starts while 1,024 events are unread. Leaving the loop stops the run.
   */
  iterate(): AsyncIterableIterator<BatchEvent>
  iterate<A>(through: OperatorFunction<BatchEvent, A>): AsyncIterableIterator<A>
}

/** What a listener has besides its events: a valve that holds back attempts, a spot that tells where each operation stands. */
export interface Aside {
  readonly valve?: Valve
  readonly spot?: OperationIndex
}

const nothing: Aside = {}

/** A run of whatever `observe` starts. */
export function runOf(observe: (aside: Aside) => Observable<BatchEvent>): Run {
  const iterate = <A>(through?: OperatorFunction<BatchEvent, A>): AsyncIterableIterator<A | BatchEvent> => {
    const held = valve()
    const events = observe({ valve: held })
    return asyncIterator<A | BatchEvent>(through === undefined ? events : events.pipe(through), held)
  }
  const events = new Observable<BatchEvent>((subscriber) => observe(nothing).subscribe(subscriber))
  // `pipe` makes a plain Observable of it, without these.
  const parts: Indexed & Pick<Run, 'iterate' | typeof Symbol.asyncIterator> = {
    iterate: iterate as Run['iterate'],
    [indexed]: (spot: OperationIndex) => observe({ spot }),
    [Symbol.asyncIterator]: () => iterate() as AsyncIterableIterator<BatchEvent>,
  }
  return Object.assign(events, parts)
}

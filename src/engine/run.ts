import { Observable, type OperatorFunction } from 'rxjs'
import type { BatchEvent } from '../model/event.js'
import { pull } from './pull.js'
import { valve, type Valve } from './valve.js'

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

/** A run of whatever `observe` starts; the valve, if any, holds back its attempts. */
export function runOf(observe: (valve: Valve | undefined) => Observable<BatchEvent>): Run {
  const iterate = <A>(through?: OperatorFunction<BatchEvent, A>): AsyncIterableIterator<A | BatchEvent> => {
    const held = valve()
    const events = observe(held)
    return pull<A | BatchEvent>(through === undefined ? events : events.pipe(through), held)
  }
  const events = new Observable<BatchEvent>((subscriber) => observe(undefined).subscribe(subscriber))
  // `pipe` makes a plain Observable of it, without these.
  return Object.assign(events, {
    iterate: iterate as Run['iterate'],
    [Symbol.asyncIterator]: () => iterate() as AsyncIterableIterator<BatchEvent>,
  })
}

import type { Observable } from 'rxjs'
import type { BatchEvent } from '../../model/event.js'

/**
 * Where in its run the operation stands that an event is about, for a listener that would else look it up by its id at every event.
 *
 * To be read while an event is told. An index is another operation's once the end of its own has been told; it is -1 for an event
 * about no single operation, and as long as nobody sets it.
 */
export interface OperationIndex {
  index: number
}

/** The method by which a run can be had with a spot. */
export const indexed: unique symbol = Symbol('the same events, with a spot')

export interface Indexed {
  readonly [indexed]: (spot: OperationIndex) => Observable<BatchEvent>
}

/** The same events with a spot that is set at each; as they are, with a spot that nobody sets, when they do not come straight from a run. */
export function withOperationIndex(events: Observable<BatchEvent>, spot: OperationIndex): Observable<BatchEvent> {
  return indexed in events ? (events as Indexed & Observable<BatchEvent>)[indexed](spot) : events
}
